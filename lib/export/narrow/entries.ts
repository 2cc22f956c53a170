import type { CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { selectPath } from '../rules/path-rules.js';
import { intersectPolicies } from './intersect-policies.js';

/** An entry of `paths` in the making: a path, or everything below it too, for a method or (`'ALL'`) any. */
export interface Entry {
  readonly path: string;
  readonly prefix: boolean;
  readonly method: string;
  /** `false`: nobody. */
  readonly policy: CorsManifestPolicy | false;
}

/** The intersection of both lists of entries: a place that one of them does not cover is closed. */
export function intersectEntries(one: readonly Entry[], other: readonly Entry[]): readonly Entry[] {
  const places = new Map([...one, ...other].map((entry) => [keyOf(entry), entry]));
  return [...places.values()].map((place) => {
    const [mine, theirs] = [covering(one, place), covering(other, place)];
    const policy = mine && theirs && intersectPolicies(mine, theirs);
    return { ...place, policy: policy || false };
  });
}

function keyOf({ method, path, prefix }: Entry): string {
  return `${method} ${path} ${prefix}`;
}

/** The policy that a list has for all of a place. */
function covering(
  entries: readonly Entry[],
  { path, prefix, method }: Entry,
): CorsManifestPolicy | false | undefined {
  const candidates = entries.filter((entry) => entry.prefix || !prefix);
  const found = selectPath(candidates.map(asPath), method, path, true);
  return found && candidates[Number(found.declared)]?.policy;
}

function asPath(
  { path, prefix, method }: Entry,
  index: number,
): Parameters<typeof selectPath>[0][number] {
  return {
    path,
    prefix,
    methods: method === 'ALL' ? null : [method],
    policy: null,
    declared: String(index),
    keepExposedHeaders: false,
  };
}
