import type { PathPolicies } from '../paths/path-policies.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';

/** Compiled policies whose origins come from a live source, by what each is known by in every snapshot. */
export type LivePolicies = ReadonlyMap<object, CompiledPolicy>;

/**
 * Everything that decides, at one moment: frozen, and replaced as a whole. Routes refer to policies by index, so that
 * another snapshot may bring other policies for the same routes.
 */
export interface Snapshot {
  readonly revision: number;
  /** By the index that routes have. */
  readonly policies: readonly CompiledPolicy[];
  readonly default: CompiledPolicy | undefined;
  readonly paths: PathPolicies;
  /** The form that a policy of start-up, or of another snapshot, has in this one. */
  readonly current: (policy: CompiledPolicy) => CompiledPolicy;
}
