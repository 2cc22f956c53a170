import type { PreflightCache, PreflightGrant, PreflightNeed } from './preflight-cache.js';
import type { PreflightCacheProfile } from '../browser/profiles.js';
import { SAFELISTED_METHODS } from '../checks/safelist.js';

interface Entry {
  readonly kind: 'method' | 'header';
  readonly name: string;
  readonly withCredentials: boolean;
  expires: number;
}

/** Fetch, "CORS-preflight cache": one entry per method and per header name. */
export class EntryCache implements PreflightCache {
  readonly #entries = new Map<string, Entry[]>();

  constructor(
    private readonly profile: PreflightCacheProfile,
    private readonly wildcardCoversAuthorization: boolean,
    private readonly now: () => number,
  ) {}

  covers(need: PreflightNeed): boolean {
    const find = (kind: Entry['kind'], name: string): boolean =>
      this.#find(need.key, kind, name, need.withCredentials) !== undefined;
    const isSafelisted = !need.forced && this.#isSafelisted(need.method);
    return (
      (isSafelisted || find('method', need.method)) &&
      need.headers.every((name) => find('header', name))
    );
  }

  /** Fetch, CORS-preflight fetch, step 7: a matching entry lives on with the new age, the others are created. */
  store({ key, methods, headers, withCredentials, expires }: PreflightGrant): void {
    const entries = this.#live(key);
    this.#entries.set(key, entries);
    const names = [
      ...methods.map((name) => ({ kind: 'method', name }) as const),
      ...headers.map((name) => ({ kind: 'header', name }) as const),
    ];
    for (const { kind, name } of names) {
      const match = this.#find(key, kind, name, withCredentials);
      if (match === undefined) entries.push({ kind, name, withCredentials, expires });
      else match.expires = expires;
    }
  }

  clear(key: string): void {
    this.#entries.delete(key);
  }

  #live(key: string): Entry[] {
    return (this.#entries.get(key) ?? []).filter((entry) => entry.expires > this.now());
  }

  /** Fetch, "method cache entry match" and "header-name cache entry match". */
  #find(
    key: string,
    kind: Entry['kind'],
    name: string,
    withCredentials: boolean,
  ): Entry | undefined {
    return this.#live(key).find(
      (entry) =>
        entry.kind === kind &&
        (entry.withCredentials || !withCredentials) &&
        (entry.name === name || (entry.name === '*' && this.#wildcardMatches(kind, name))),
    );
  }

  #wildcardMatches(kind: Entry['kind'], name: string): boolean {
    if (!this.profile.wildcardsMatch) return false;
    return kind === 'method' || name !== 'authorization' || this.wildcardCoversAuthorization;
  }

  #isSafelisted(method: string): boolean {
    return SAFELISTED_METHODS.has(method) && (method !== 'HEAD' || this.profile.headIsSafelisted);
  }
}
