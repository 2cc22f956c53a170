import type { NestRoute } from './nest-route.js';

/**
 * The platform router's choice for one method at one target:
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
   * The only group of routes that could match, where the path alone decides about them: wherever it matches, methods lead to
   * the same routes, so that what follows may be remembered (`/orders/1` and `/orders/2`).
   */
  readonly group?: object | undefined;
}
