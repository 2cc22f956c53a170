import type { Type } from '@nestjs/common';
import { RouterExplorer } from '@nestjs/core/router/router-explorer.js';
import type { NestRoute } from './nest-route.js';

/** The handler whose routes Nest registers at a moment, and what chooses it besides method and path. */
export interface HandlerInTurn {
  readonly controller: Type;
  readonly methodName: string;
  readonly host: NestRoute['host'];
  /** Of the method, else of its controller. */
  readonly version: unknown;
}

/** Told by Nest's explorer whose routes it registers on an adapter. */
export interface ExplorerListener {
  begins(handler: HandlerInTurn): void;
  ends(): void;
}

interface Wrapper {
  readonly metatype: Type;
}

interface RouteDefinition {
  readonly methodName: string;
  readonly path: readonly string[];
}

interface PathMetadata {
  readonly methodVersion?: unknown;
  readonly controllerVersion?: unknown;
}

interface ResolvedRoute extends PathMetadata {
  readonly instanceWrapper: Wrapper;
  readonly methodName: string;
  readonly host: NestRoute['host'];
}

/** As much of Nest's explorer as registers routes; `registerResolvedRoute` is there from Nest 12 on. */
interface Explorer {
  applyCallbackToRouter(
    this: unknown,
    adapter: object,
    definition: RouteDefinition,
    wrapper: Wrapper,
    moduleKey: string,
    metadata: PathMetadata,
    host: NestRoute['host'],
    options?: { readonly deferRegistration?: boolean },
  ): void;
  registerResolvedRoute?(this: unknown, adapter: object, route: ResolvedRoute): void;
}

/** By adapter, so that several applications in one process do not meet. */
const listeners = new WeakMap<object, Set<ExplorerListener>>();
let wrapped = false;

/**
 * Asks Nest whose routes it registers on an adapter: it is told only a path and a callback, and controllers may share the
 * handler behind it. Each application has an explorer of its own class, which exists before anybody could reach the object:
 * so the methods of the class are wrapped, once, and pass on everything where nobody listens.
 */
export function askNest(adapter: object, listener: ExplorerListener): void {
  if (!wrapped) wrapExplorer(RouterExplorer.prototype as unknown as Explorer);
  wrapped = true;
  listeners.set(adapter, (listeners.get(adapter) ?? new Set()).add(listener));
}

/** Nest 12 may put registration off, to sort the routes first, and then registers one at a time. */
function wrapExplorer(explorer: Explorer): void {
  const { applyCallbackToRouter, registerResolvedRoute } = explorer;
  explorer.applyCallbackToRouter = function (adapter, definition, wrapper, ...rest): void {
    const [, { methodVersion, controllerVersion }, host, options] = rest;
    const register = (): void =>
      applyCallbackToRouter.call(this, adapter, definition, wrapper, ...rest);
    if (options?.deferRegistration || definition.path.length === 0) return register();
    const { methodName } = definition;
    const version = methodVersion || controllerVersion;
    tell(adapter, { controller: wrapper.metatype, methodName, host, version }, register);
  };
  if (registerResolvedRoute === undefined) return;
  explorer.registerResolvedRoute = function (adapter, route): void {
    const { instanceWrapper, methodName, host, methodVersion, controllerVersion } = route;
    const version = methodVersion || controllerVersion;
    tell(adapter, { controller: instanceWrapper.metatype, methodName, host, version }, () =>
      registerResolvedRoute.call(this, adapter, route),
    );
  };
}

function tell(adapter: object, handler: HandlerInTurn, register: () => void): void {
  const told = listeners.get(adapter);
  if (told === undefined) return register();
  for (const listener of told) listener.begins(handler);
  try {
    register();
  } finally {
    for (const listener of told) listener.ends();
  }
}
