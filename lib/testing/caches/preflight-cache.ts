import type { PreflightCacheProfile } from '../browser/profiles.js';
import { EntryCache } from './preflight-entry-cache.js';
import { ResultCache } from './preflight-result-cache.js';

/** Grants that a request needs before it may go without a preflight. */
export interface PreflightNeed {
  readonly key: string;
  readonly method: string;
  /** In lower case. */
  readonly headers: readonly string[];
  readonly withCredentials: boolean;
  readonly forced: boolean;
}

/** Grants of a preflight. */
export interface PreflightGrant {
  readonly key: string;
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headers: readonly string[];
  readonly withCredentials: boolean;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Remembers preflights (Fetch, "CORS-preflight cache"). */
export interface PreflightCache {
  covers(need: PreflightNeed): boolean;
  store(grant: PreflightGrant): void;
  clear(key: string): void;
}

/** Fetch, "cache entry match": grants are remembered by partition, origin and the whole URL, fragment included. */
export function preflightKey(partition: string, origin: string, url: URL): string {
  return JSON.stringify([partition, origin, url.href]);
}

export function createPreflightCache(
  profile: PreflightCacheProfile,
  wildcardCoversAuthorization: boolean,
  now: () => number,
): PreflightCache {
  return profile.unit === 'result'
    ? new ResultCache(now)
    : new EntryCache(profile, wildcardCoversAuthorization, now);
}
