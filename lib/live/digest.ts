import { createHash } from 'node:crypto';
import type { LiveValues } from '../config/policies/compile-live.js';
import type { ReadOrigins } from '../config/origins/read-origins.js';
import type { ExactOrigins } from '../protocol/origin/exact-origins.js';
import { hashOrigin } from '../protocol/origin/hash-origin.js';
import { LayeredOrigins } from '../protocol/origin/layered-origins.js';
import { OriginTable } from '../protocol/origin/origin-table.js';

/** The same text, in this process, for states that say the same, in whatever order. */
export function digestOf(values: ReadonlyMap<string, LiveValues>): string {
  const parts = [...values].map(([name, { origins, options }]) => {
    const said = Object.entries(options).sort(([left], [right]) => (left < right ? -1 : 1));
    return JSON.stringify([name, origins.none, listSum(origins), said]);
  });
  return createHash('sha256').update(parts.sort().join()).digest('base64');
}

/** However an origin is kept, as one of a long list or by itself, it counts alike. */
function listSum({ plain, reach }: ReadOrigins): number {
  const others = sumOf(new Set(reach.map(({ pattern }) => pattern.source)));
  return (plain === undefined ? 0 : sumOf(plain)) + others;
}

/** At most 2^32 for each of a million: exact in a double. */
function sumOf(origins: ExactOrigins): number {
  if (origins instanceof OriginTable) return origins.sum;
  if (origins instanceof LayeredOrigins)
    return sumOf(origins.base) + sumOf(origins.added) - sumOf(origins.removed);
  let sum = 0;
  for (const origin of origins) sum += hashOrigin(origin);
  return sum;
}
