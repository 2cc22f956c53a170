import type { CompiledPolicy } from '../protocol/compiled-policy.js';

/** A `paths` entry, read: `prefix` covers the path itself, with and without a trailing slash, and everything below it. */
export interface PathEntry {
  readonly path: string;
  readonly prefix: boolean;
  /** `undefined` is any. */
  readonly methods: readonly string[] | undefined;
  readonly policy: CompiledPolicy;
  /** Expose what the upstream exposes too. */
  readonly keepExposedHeaders: boolean;
  readonly where: string;
}

/** The policy of a target, and the entry that it comes from. */
export interface PathSelection {
  /** `undefined`: no policy, leave the request alone. */
  readonly policy: CompiledPolicy | undefined;
  /** `undefined` where no entry covers the target, or nobody can say which. */
  readonly entry?: PathEntry;
  /** Where nobody can say which policy holds: those among them that reject what they deny. */
  readonly rejecting?: readonly CompiledPolicy[];
}

export function selectionOf(entry: PathEntry): PathSelection {
  return { policy: entry.policy, entry };
}

/** Two selections that answer in the same way. */
export function alike(left: PathSelection, right: PathSelection): boolean {
  return left.policy?.id === right.policy?.id && keepsExposed(left) === keepsExposed(right);
}

function keepsExposed({ entry }: PathSelection): boolean {
  return entry?.keepExposedHeaders === true;
}
