import type { IncomingMessage, ServerResponse } from 'node:http';
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

/** What CORS needs of an HTTP platform. */
export interface HttpPlatform extends RegistrationObserver {
  /** Whether the router compares paths with regard to case. */
  caseSensitive(): boolean;
  /**
   * Puts the hook first in line, before middleware, parsers and guards.
   * @throws Error when it cannot be first
   */
  installHook(hook: RequestHook): void;
  /** Says that routes will be given preflights, before the first is registered. */
  expectPreflights?(): void;
  /** Registers an `OPTIONS` route for the hook; what the hook lets go on ends as if the route were not there. */
  addOptionsRoute(path: string, hook: RequestHook): void;
  /** The routes that the router would choose from for this target and host. */
  routesAt(exchange: Exchange): RoutesAtTarget;
  /** What the router chose for this very request, where the platform has routed it before the hook. */
  matched?(exchange: Exchange): RouteMatch;
  /** Host and port that the client addressed, as far as the platform trusts the proxy that says so. */
  authority(exchange: Exchange): string | undefined;
  /** The platform's own view of a request that does not come through its router, such as an upgrade. */
  viewOf?(request: IncomingMessage): unknown;
  /** CORS middleware and plugins that were registered on the platform itself, by name. */
  foreignLayers?(): readonly string[];
  /** Node's objects behind what a handler of this platform receives. */
  exchangeOf(request: unknown, response: unknown): Exchange;
}
