import type { PathPolicies } from '../paths/path-policies.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';

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
}
