import { types } from 'node:util';

/** Marks the object across copies of the package. */
const LIVE = Symbol.for('nestjs-cors.live-origins');

/** Stands for the origins of a policy that a live source lists; made by {@link fromSource}. */
export interface LiveOrigins {
  readonly [LIVE]: true;
}

const LIVE_ORIGINS: LiveOrigins = Object.freeze({ [LIVE]: true as const });

/**
 * The origins of this policy come from the source that the option `live` names, and change while the application runs. Only as
 * the whole `origin` of a policy in `policies`: the code owns everything else about the policy.
 *
 * @example
 * ```ts
 * policies: { tenants: { origin: fromSource(), credentials: true } }
 * ```
 */
export function fromSource(): LiveOrigins {
  return LIVE_ORIGINS;
}

/** Tells what {@link fromSource} made from every other value, and runs no code of it: a proxy has traps instead of properties. */
export function isLiveOrigins(value: unknown): value is LiveOrigins {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  return Object.hasOwn(value, LIVE);
}
