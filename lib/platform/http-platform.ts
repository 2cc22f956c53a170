import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Addressed } from '../protocol/cross-origin.js';
import type { RouteMatch, RoutesAtTarget } from '../routes/route-lookup.js';
import type { Exchange } from './exchange.js';
import type { RegistrationObserver } from './route-recorder.js';

/**
 * Called for every request before anything else of the application. `true` lets the request go on, `false` means that it
 * was answered.
 */
export type RequestHook = (
  request: IncomingMessage,
  response: ServerResponse,
  native?: unknown,
) => boolean | Promise<boolean>;

/** Lets a request go on as a {@link RequestHook} has answered: at once, when its promise says so, or never. */
export function goOnIf(goesOn: boolean | Promise<boolean>, goOn: () => void): void {
  if (goesOn === true) goOn();
  else if (goesOn !== false) void goesOn.then((on) => on && goOn());
}

/** The way into the platform. */
export interface PlatformDoor {
  /**
   * Puts the hook first in line, before middleware, parsers and guards.
   * @throws Error when it cannot be first
   */
  installHook(hook: RequestHook): void;
  /** Says that routes will be given preflights, before the first is registered. */
  expectPreflights(): void;
  /** Registers an `OPTIONS` route for the hook; what the hook lets go on ends as if the route were not there. */
  addOptionsRoute(path: string, hook: RequestHook): void;
}

/** The platform's router, asked instead of imitated. */
export interface PlatformRouter extends RegistrationObserver {
  /** The router compares paths with regard to case. */
  caseSensitive(): boolean;
  /** The routes that the router would choose from for this target and host. */
  routesAt(exchange: Exchange): RoutesAtTarget;
  /** The router's choice for this very request; `undefined` where it has not routed the request yet. */
  matched(exchange: Exchange): RouteMatch | undefined;
  /**
   * The paths below which a server hands its requests to the application, `''` for all of them; none where the server is not
   * known to.
   */
  reachedFrom(server: Server): readonly string[];
  /** A request for the target may be for an application with policies of its own, mounted in this one. */
  isMounted(url: string): boolean;
  /** CORS middleware and plugins that cover the whole application, by name. */
  foreignLayers(): readonly string[];
}

/** The platform's view of a request. */
export interface PlatformView {
  /** Node's objects behind what a handler of this platform receives. */
  exchangeOf(request: unknown, response: unknown): Exchange;
  /** The server as the client addressed it, as far as the platform trusts the proxy that says so. */
  addressed(exchange: Exchange): Addressed;
  /**
   * The platform's own object for a request that does not come through its router, such as an upgrade; `undefined` where
   * Node's is enough.
   */
  viewOf(request: IncomingMessage): unknown;
}

/** As much of an HTTP platform as CORS needs. */
export interface HttpPlatform extends PlatformDoor, PlatformRouter, PlatformView {}
