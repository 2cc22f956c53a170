import type { CorsManifestOrigin, CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { credentialed, openness } from '../diff/compare-options.js';
import { OriginSet } from '../diff/origin-set.js';

type Origins = CorsManifestPolicy['origin'];

/**
 * A policy that permits what both permit, and no more: `false` where that is nothing. Of two patterns that overlap, neither
 * within the other, nothing is left.
 */
export function intersectPolicies(
  one: CorsManifestPolicy,
  other: CorsManifestPolicy,
): CorsManifestPolicy | false {
  const origin = commonOrigins(one.origin, other.origin);
  if (origin === false) return false;
  const isOpen = one.denied === 'omit' && other.denied === 'omit';
  const isStricter = openness(one.resourcePolicy) <= openness(other.resourcePolicy);
  return {
    origin,
    credentials: commonCredentials(one, other, origin),
    methods: commonNames(one.methods, other.methods),
    allowedHeaders: commonNames(one.allowedHeaders, other.allowedHeaders),
    exposedHeaders: commonNames(one.exposedHeaders, other.exposedHeaders) ?? [],
    maxAge: Math.min(one.maxAge, other.maxAge),
    optionsSuccessStatus: other.optionsSuccessStatus,
    denied: isOpen ? 'omit' : 'reject',
    vary: [...new Set([...one.vary, ...other.vary])],
    preflightHeaders: Object.fromEntries(
      Object.entries(one.preflightHeaders).filter(
        ([name, value]) => other.preflightHeaders[name] === value,
      ),
    ),
    timingAllowOrigin: one.timingAllowOrigin && other.timingAllowOrigin,
    resourcePolicy: (isStricter ? one : other).resourcePolicy,
    dangerouslyAllow: [],
    fingerprint: '',
  };
}

function commonOrigins(one: Origins, other: Origins): Origins {
  if (one === '*') return other;
  if (other === '*') return one;
  if (one === false || other === false) return false;
  const common = [...within(one, other), ...within(other, one)];
  const distinct = new Map(common.map((origin) => [JSON.stringify(origin), origin]));
  return distinct.size === 0 ? false : [...distinct.values()];
}

/** The origins of a list that another list allows whole. */
function within(
  origins: readonly CorsManifestOrigin[],
  others: readonly CorsManifestOrigin[],
): readonly CorsManifestOrigin[] {
  const set = new OriginSet(others);
  return origins.filter((origin) => 'included' in new OriginSet([origin]).beyond(set));
}

function commonCredentials(
  one: CorsManifestPolicy,
  other: CorsManifestPolicy,
  origin: Exclude<Origins, false>,
): CorsManifestPolicy['credentials'] {
  if (one.credentials === true && other.credentials === true) return true;
  const common = commonOrigins(credentialed(one), credentialed(other));
  if (typeof common !== 'object') return common !== false;
  const readable = origin === '*' ? common : within(common, origin);
  return readable.length > 0 && readable;
}

/** `null`: any. */
function commonNames(
  one: readonly string[] | null,
  other: readonly string[] | null,
): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  const names = new Set(other.map((name) => name.toLowerCase()));
  return one.filter((name) => names.has(name.toLowerCase()));
}
