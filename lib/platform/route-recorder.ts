import type { AbstractHttpAdapter } from '@nestjs/core';
import { askNest } from '../routes/ask-nest.js';
import type { NestRoute } from '../routes/nest-route.js';
import type { RouteRegistry } from '../routes/route-registry.js';

/** A callback that Nest registers on the adapter for a route, or for middleware. */
export type RouteCallback = (...args: unknown[]) => unknown;

/** The callback to register for a route: a stand-in, or the one given. */
export type StandIn = (route: NestRoute, callback: RouteCallback) => RouteCallback;

/**
 * The platform's side of registrations. What a registration appends to the platform's router is the route, whatever
 * function it holds: agents that watch applications wrap the handlers on their way in.
 */
export interface RegistrationObserver {
  /** The platform would choose this callback by what a preflight cannot carry. */
  isConstrained(callback: RouteCallback): boolean;
  standIn(route: NestRoute, callback: RouteCallback): RouteCallback;
  /**
   * Runs the registration of a route, whose callback is Nest's own.
   * @returns `false` when it appended nothing
   */
  serve(route: NestRoute, callback: RouteCallback, register: () => void): boolean;
  /** Runs the registration of what passes requests on: middleware, and the handler of last resort. */
  passOn<Result>(register: () => Result): Result;
}

/** Methods of an HTTP adapter that register a route, each named like the HTTP method. */
const REGISTRARS = [
  'get', 'post', 'put', 'delete', 'patch', 'all', 'options', 'head', 'search', 'query', 'propfind',
  'proppatch', 'mkcol', 'copy', 'move', 'lock', 'unlock',
] as const; // prettier-ignore

type Method = (this: unknown, ...args: unknown[]) => unknown;
type AdapterMethods = Record<string, Method | undefined>;

/**
 * Observes what Nest registers on an adapter. Only there do the final path, the order of registration and the callback
 * come together; what is observed is passed on unchanged but for the callback.
 */
export function recordRoutes(
  adapter: AbstractHttpAdapter,
  registry: RouteRegistry,
  observer: RegistrationObserver,
  standIn: StandIn,
): void {
  askNest(adapter, registry);
  for (const registrar of REGISTRARS) {
    const method = registrar.toUpperCase();
    replace(adapter, registrar, (original, args) => {
      const [path, callback] = args;
      if (args.length !== 2 || typeof path !== 'string' || typeof callback !== 'function')
        return original(...args);
      const given = callback as RouteCallback;
      const route = registry.register(method, path, given, observer.isConstrained(given));
      if (route === undefined) return original(...args);
      const registered = liken(standIn(route, given), given);
      let result: unknown;
      const served = observer.serve(route, given, () => (result = original(path, registered)));
      if (!served) registry.lost(route);
      return result;
    });
  }
  replace(adapter, 'setNotFoundHandler', (original, args) =>
    observer.passOn(() => original(...args)),
  );
  replace(adapter, 'createMiddlewareFactory', (original, args) =>
    observeMiddleware(original(...args), observer),
  );
}

/** Adapters read a route's version and options from its callback: the stand-in carries them too. */
function liken(standIn: RouteCallback, callback: RouteCallback): RouteCallback {
  if (standIn === callback) return callback;
  Object.assign(standIn, callback);
  for (const key of Reflect.getOwnMetadataKeys(callback) as string[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, callback), standIn);
  }
  return Object.defineProperty(standIn, 'name', { configurable: true, value: callback.name });
}

function observeMiddleware(factory: unknown, observer: RegistrationObserver): unknown {
  if (factory instanceof Promise) return factory.then((made) => observeMiddleware(made, observer));
  if (typeof factory !== 'function') return factory;
  return (path: unknown, callback: RouteCallback): unknown =>
    observer.passOn((): unknown => (factory as RouteCallback)(path, callback));
}

function replace(
  adapter: AbstractHttpAdapter,
  name: string,
  standIn: (original: (...args: unknown[]) => unknown, args: unknown[]) => unknown,
): void {
  const methods = adapter as unknown as AdapterMethods;
  const original = methods[name]?.bind(adapter);
  if (original === undefined) return;
  methods[name] = (...args: unknown[]): unknown => standIn(original, args);
}
