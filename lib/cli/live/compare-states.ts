import { compareOptions } from '../../export/diff/compare-options.js';
import { byVerdict, combined, type CorsVerdict } from '../../export/diff/difference.js';
import type { CorsManifestPolicy } from '../../inspect/manifest/manifest.js';

/** A live policy that would answer differently, or whose list is written differently (`'alike'`). */
export interface PolicyChange {
  readonly policy: string;
  readonly verdict: CorsVerdict | 'alike';
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Other options that differ, as `maxAge wider: 60 → 600`. */
  readonly options: readonly string[];
  /** The shortest origin that is allowed now and was not. */
  readonly witness?: string;
}

type Described = Readonly<Record<string, CorsManifestPolicy>>;

/** Compares live policies by name, as two states have them; those that are written alike are left out. */
export function compareStates(
  names: Iterable<string>,
  before: Described,
  after: Described,
): readonly PolicyChange[] {
  const changes: PolicyChange[] = [];
  for (const name of names) {
    const [was, is] = [before[name], after[name]];
    const change = was && is && comparePolicies(name, was, is);
    if (change !== undefined) changes.push(change);
  }
  return changes.sort(byVerdict);
}

function comparePolicies(
  policy: string,
  was: CorsManifestPolicy,
  is: CorsManifestPolicy,
): PolicyChange | undefined {
  const found = compareOptions(was, is);
  const [old, fresh] = [listOf(was), listOf(is)];
  const add = [...fresh].filter((origin) => !old.has(origin));
  const remove = [...old].filter((origin) => !fresh.has(origin));
  if (found.length + add.length + remove.length === 0) return undefined;
  const witness = found.find((one) => one.witness !== undefined)?.witness;
  const options = found
    .filter(({ option }) => option !== 'origin' && option !== 'credentials')
    .map((one) => `${one.option} ${one.verdict}: ${show(one.before)} → ${show(one.after)}`);
  const verdict = found.length === 0 ? 'alike' : combined(found);
  return { policy, verdict, add, remove, options, ...(witness !== undefined && { witness }) };
}

function listOf({ origin }: CorsManifestPolicy): ReadonlySet<string> {
  return new Set(Array.isArray(origin) ? origin.map(String) : []);
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
