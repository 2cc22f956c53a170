import type { AbstractHttpAdapter } from '@nestjs/core';
import type { NestRoute } from '../routes/nest-route.js';
import type { RouteNamer } from '../routes/route-registry.js';

/** A callback that Nest registers on the adapter for a route, or for middleware. */
export type RouteCallback = (...args: unknown[]) => unknown;

/** What the platform does with what Nest registers. */
export interface RegistrationObserver {
  /** Whether the platform would choose this callback by what a preflight cannot carry. */
  isConstrained?(callback: RouteCallback): boolean;
  /** A route of Nest's: returns the callback to register, a stand-in or the same. */
  route?(route: NestRoute, callback: RouteCallback): RouteCallback;
  /** Called around the registration, so that the platform can connect its own view of the route with ours. */
  registering?(route: NestRoute): void;
  /** @returns `false` when the registration cannot be found on the platform's router */
  registered?(route: NestRoute, callback: RouteCallback): boolean | undefined;
  /** A Nest middleware, which the platform may see as a route. */
  middleware?(callback: RouteCallback): void;
  /** The handler of last resort. */
  notFound?(callback: RouteCallback): void;
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
  namer: RouteNamer,
  observer: RegistrationObserver,
): void {
  for (const registrar of REGISTRARS) {
    const method = registrar.toUpperCase();
    replace(adapter, registrar, (original, args) =>
      register(method, args, original, namer, observer),
    );
  }
  if (namer.needsAliases) {
    replace(adapter, 'normalizePath', (original, args) => {
      const normalised = original(...args);
      namer.normalised(String(args[0]), String(normalised));
      return normalised;
    });
  }
  replace(adapter, 'setNotFoundHandler', (original, args) => {
    observer.notFound?.(args[0] as RouteCallback);
    return original(...args);
  });
  replace(adapter, 'createMiddlewareFactory', (original, args) =>
    observeMiddleware(original(...args), observer),
  );
}

function register(
  method: string,
  args: unknown[],
  original: (...args: unknown[]) => unknown,
  namer: RouteNamer,
  observer: RegistrationObserver,
): unknown {
  const path = args[0];
  const callback = args[1] as RouteCallback;
  if (args.length !== 2 || typeof path !== 'string' || typeof callback !== 'function')
    return original(...args);
  const route = namer.name(method, path, callback, observer.isConstrained?.(callback));
  if (route === undefined) return original(...args);
  const standIn = observer.route?.(route, callback) ?? callback;
  if (standIn !== callback) liken(standIn, callback);
  observer.registering?.(route);
  try {
    return original(path, standIn);
  } finally {
    if (observer.registered?.(route, standIn) === false) namer.lost(route);
  }
}

/** Adapters read a route's version and options from its callback: the stand-in carries them too. */
function liken(standIn: RouteCallback, callback: object): void {
  Object.assign(standIn, callback);
  for (const key of Reflect.getOwnMetadataKeys(callback) as string[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, callback), standIn);
  }
  Object.defineProperty(standIn, 'name', {
    configurable: true,
    value: (callback as RouteCallback).name,
  });
}

function observeMiddleware(factory: unknown, observer: RegistrationObserver): unknown {
  if (factory instanceof Promise) return factory.then((made) => observeMiddleware(made, observer));
  if (typeof factory !== 'function') return factory;
  return (path: unknown, callback: RouteCallback): unknown => {
    observer.middleware?.(callback);
    return (factory as RouteCallback)(path, callback);
  };
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
