import { hostFilter, type HostFilter } from '../../routes/host-filter.js';
import type { NestRoute } from '../../routes/nest-route.js';

const SERVED = Symbol('nestjs-cors.served');

/** A route of Nest's on the router, and the hosts it is for. */
export interface ServedRoute {
  readonly route: NestRoute;
  readonly hosts: HostFilter | undefined;
}

/** The part of an Express router layer that is used; `_handles_method` is Express 4's name. */
export interface ExpressLayer {
  readonly route?: ExpressRoute;
  /** The function that the layer calls; a router has layers of its own. */
  readonly handle?: unknown;
  match(path: string): unknown;
}

export interface ExpressRoute {
  readonly path: unknown;
  readonly stack: readonly { handle: (...args: unknown[]) => unknown }[];
  _handlesMethod?(method: string): boolean;
  _handles_method?(method: string): boolean;
  [SERVED]?: ServedRoute;
}

/** Connects a route on the router with what Nest registered it for. */
export function markServed(expressRoute: ExpressRoute, route: NestRoute): void {
  expressRoute[SERVED] = { route, hosts: hostFilter(route.host) };
}

/** Nest's route behind a route of the router; `undefined` where it was somebody else. */
export function servedBy(expressRoute: ExpressRoute): ServedRoute | undefined {
  return expressRoute[SERVED];
}

/** The part of an Express application that is used. */
export interface ExpressApplication {
  handle(request: unknown, response: unknown, callback?: (error?: unknown) => void): void;
  /** Emitted by `parent.use(path, application)`. */
  on(event: 'mount', listener: (parent: ExpressApplication) => void): unknown;
  /** Where it was mounted last. */
  readonly parent?: ExpressApplication;
  readonly mountpath: unknown;
  get(setting: string): unknown;
  enabled(setting: string): boolean;
  readonly request: object;
  /** Express 5. */
  readonly router?: ExpressRouter;
  /** Express 4, where `router` throws. */
  readonly _router?: ExpressRouter;
}

export interface ExpressRouter {
  /** The layers, in the order in which the router tries them. */
  readonly stack?: readonly ExpressLayer[];
  readonly caseSensitive?: boolean;
}

/** The application's router; its settings are those of the moment it was made. */
export function routerOf(application: ExpressApplication): ExpressRouter | undefined {
  try {
    return application._router ?? application.router;
  } catch {
    return undefined; // Express 4 before its first route
  }
}

/** The route would be entered for the method; `HEAD` is served by `GET`. */
export function handlesMethod(route: ExpressRoute, method: string): boolean {
  return route._handlesMethod?.(method) ?? handlesAsExpress4(route, method);
}

/** A method that no route is registered for. */
const NOBODYS = 'NONE';

/** Express 4 keeps names in an object that inherits: a method like `constructor` would be found there. */
function handlesAsExpress4(route: ExpressRoute, method: string): boolean {
  const name = method.toLowerCase() in Object.prototype ? NOBODYS : method;
  return route._handles_method?.(name) ?? false;
}
