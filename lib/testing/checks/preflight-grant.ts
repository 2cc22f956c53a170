import type { Failure } from './cors-error.js';
import type { FetchRecord } from '../fetch/fetch-record.js';
import type { BrowserProfile, PreflightCacheProfile } from '../browser/profiles.js';
import { SAFELISTED_METHODS } from './safelist.js';

/** Methods and headers that a preflight's answer allows. */
export interface Grant {
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headers: readonly string[];
}

/** Without `Access-Control-Max-Age`, an answer holds for five seconds (Fetch, CORS-preflight fetch, step 7.8). */
const DEFAULT_MAX_AGE = 5;

/**
 * Fetch, CORS-preflight fetch, steps 7.5 to 7.7: methods are compared by byte, header names without regard to case, and
 * `*` is a wildcard only without credentials.
 */
export function judgeGrant(
  grant: Grant,
  record: FetchRecord,
  unsafeNames: readonly string[],
  profile: BrowserProfile,
): Failure | undefined {
  const wildcards = record.credentials !== 'include';
  const allows = (list: readonly string[], name: string): boolean =>
    list.includes(name) || (wildcards && list.includes('*'));
  if (!SAFELISTED_METHODS.has(record.method) && !allows(grant.methods, record.method)) {
    return { reason: 'MethodDisallowedByPreflightResponse', detail: grant.methods.join(', ') };
  }
  const refused = unsafeNames.find((name) =>
    name === 'authorization' && !profile.wildcardCoversAuthorization
      ? !grant.headers.includes(name)
      : !allows(grant.headers, name),
  );
  if (refused === undefined) return undefined;
  return { reason: 'HeaderDisallowedByPreflightResponse', detail: refused };
}

/** Step 7.9 and its engines, which read 64-bit numbers: how many seconds an answer holds. */
export function readMaxAge(
  values: readonly string[],
  limits: PreflightCacheProfile['maxAge'],
): number {
  if (values.length === 0) return DEFAULT_MAX_AGE;
  const [value = ''] = values;
  if (values.length > 1 || !/^-?\d+$/.test(value)) return limits.malformed;
  if (Math.abs(Number(value)) >= 2 ** 63) return limits.malformed;
  if (value.startsWith('-')) return limits.negative;
  return Math.min(Number(value), limits.cap);
}
