import { notFoundRouterOf } from './fastify-instance.js';

/** The part of find-my-way, Fastify's router, that is used. */
export interface FindMyWay {
  on(method: string, path: string, options: object, handler: () => void, store: unknown): void;
  find(
    method: string,
    path: string,
    constraints: object,
  ): { readonly store: unknown; readonly params: Record<string, string | undefined> } | null;
}

export type FindMyWayConstructor = (options: object) => FindMyWay;

/**
 * The find-my-way that a Fastify instance is made with: only the same code decides the same way. It is asked for where it is in
 * use, in the router of the instance's own 404s, because no look-up of packages leads to it from everywhere (bundles, Plug'n'Play).
 * @throws Error where this version of Fastify keeps it elsewhere
 */
export function findMyWayOf(instance: object): FindMyWayConstructor {
  const router = notFoundRouterOf(instance);
  if (typeof router?.on === 'function' && typeof router.find === 'function')
    return router.constructor as FindMyWayConstructor;
  throw new Error(
    'this version of Fastify keeps its router where it is not known, so preflights cannot be routed as Fastify would',
  );
}
