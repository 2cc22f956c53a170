import type { NestRoute } from './nest-route.js';

/**
 * What the platform's router would run for one method at one target:
 *
 * - a Nest route;
 * - `'other'`: a handler that is not Nest's (registered on the instance, by a plugin, a proxy);
 * - `'mounted'`: another Nest application with policies of its own, mounted in this one;
 * - `'none'`: nothing;
 * - `'undecidable'`: one of several routes with unequal policies, and the request does not say which.
 */
export type RouteMatch = NestRoute | 'other' | 'mounted' | 'none' | 'undecidable';

/** The routes that the platform's router would choose from for one target and host. */
export interface RoutesAtTarget {
  match(method: string): RouteMatch;
  /**
   * The same object for all targets at which every method is sure to match alike, as long as some method leads to this
   * route there, so that what follows from it may be remembered; `undefined` where that is not known.
   */
  alikeTo?(route: NestRoute): object | undefined;
}
