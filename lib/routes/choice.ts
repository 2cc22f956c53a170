import type { Type } from '@nestjs/common';
import type { PathEntry } from '../paths/path-policies.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { placeOf, type RunningRoute } from './nest-route.js';

/**
 * The origin of a policy: a route's decorators, a `paths` entry, a gateway's decorator, `default`, or nothing. A route under
 * `@CorsPolicy('paths')` has that of its target.
 *
 * @inline
 */
export type PolicySource = 'route' | 'paths' | 'gateway' | 'default' | 'none';

/** The policy of a request, and where it comes from. */
export interface Choice {
  /** `undefined`: none, the request is left alone. */
  readonly policy: CompiledPolicy | undefined;
  readonly source: PolicySource;
  /** The route whose handler runs, or would run. */
  readonly route?: RunningRoute | undefined;
  /** A route of the same URL for another method, whose policy answers where no route serves the requested one. */
  readonly sibling?: RunningRoute | undefined;
  readonly entry?: PathEntry | undefined;
  readonly gateway?: Type | undefined;
  /** Where nothing says which policy holds: those that may, and that reject what they deny. */
  readonly rejecting?: readonly CompiledPolicy[] | undefined;
}

/** The place to change, where the policy has one: `OrdersController.update`, `paths[0]`, `FeedGateway`. */
export function whereOf({ route, sibling, entry, gateway }: Choice): string | undefined {
  if (entry !== undefined) return entry.where;
  const nearest = route ?? sibling;
  return nearest === undefined ? gateway?.name : placeOf(nearest);
}

/** Nothing of ours is to be said: no policy, or `'passthrough'`. */
export function leavesAlone(policy: CompiledPolicy | undefined): boolean {
  return policy === undefined || policy.kind === 'passthrough';
}
