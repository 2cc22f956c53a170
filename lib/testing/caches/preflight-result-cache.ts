import type { PreflightCache, PreflightGrant, PreflightNeed } from './preflight-cache.js';
import { SAFELISTED_METHODS } from '../checks/safelist.js';

/**
 * Chromium's preflight cache: the last result for a URL, whole. The next result replaces it, and a request that it does
 * not cover removes it. A remembered `*` never covers `Authorization`, although a fresh one does.
 */
export class ResultCache implements PreflightCache {
  readonly #results = new Map<string, PreflightGrant>();

  constructor(private readonly now: () => number) {}

  covers(need: PreflightNeed): boolean {
    const result = this.#results.get(need.key);
    if (result !== undefined && this.#suffices(result, need)) return true;
    this.#results.delete(need.key);
    return false;
  }

  store(grant: PreflightGrant): void {
    this.#results.set(grant.key, grant);
  }

  clear(key: string): void {
    this.#results.delete(key);
  }

  #suffices(result: PreflightGrant, need: PreflightNeed): boolean {
    if (result.expires <= this.now()) return false;
    if (need.withCredentials && !result.withCredentials) return false;
    const grants = (list: readonly string[], name: string): boolean =>
      list.includes(name) || (list.includes('*') && !result.withCredentials);
    if (!SAFELISTED_METHODS.has(need.method) && !grants(result.methods, need.method)) return false;
    return need.headers.every((name) =>
      name === 'authorization' ? result.headers.includes(name) : grants(result.headers, name),
    );
  }
}
