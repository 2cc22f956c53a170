import type { CorsErrorName } from '../checks/cors-error.js';
import type { BlockedFetch, FetchResult } from '../fetch/fetch-result.js';

/** The result of a matcher, in jest and vitest alike. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers as `expect()` offers them; see {@link corsMatchers} for telling TypeScript. */
export interface CorsMatchers<Returns = unknown> {
  /** The page may read the response. Opaque responses are not readable. */
  toBeReadable(): Returns;
  /** The browser keeps the response from the page; a call that `fetch()` throws on counts only if named. */
  toBeBlocked(reason?: CorsErrorName): Returns;
}

/**
 * Matchers for fetch results: `expect.extend(corsMatchers)`, in jest and in vitest. TypeScript learns of them by one of
 *
 * @example
 * ```ts
 * declare global { namespace jest { interface Matchers<R> extends CorsMatchers<R> {} } } // @types/jest
 * declare module 'expect' { interface Matchers<R> extends CorsMatchers<R> {} }           // @jest/globals
 * declare module 'vitest' { interface Matchers extends CorsMatchers {} }                 // vitest
 * ```
 */
export const corsMatchers = {
  toBeReadable(received: unknown): MatcherResult {
    const result = asResult(received, 'toBeReadable');
    if (!result.allowed) return { pass: false, message: () => refusal(result) };
    const pass = result.type === 'basic' || result.type === 'cors';
    return { pass, message: () => `the page got a response of type '${result.type}'` };
  },

  toBeBlocked(received: unknown, reason?: CorsErrorName): MatcherResult {
    const result = asResult(received, 'toBeBlocked');
    if (result.allowed) {
      const { type, status } = result;
      const message = `expected the fetch to be blocked, but the page got status ${status}, type '${type}'`;
      return { pass: false, message: () => message };
    }
    const pass = reason === undefined ? result.reason !== 'TypeError' : result.reason === reason;
    const wanted = reason === undefined ? 'by a CORS check' : `for ${reason}`;
    return { pass, message: () => `blocked ${wanted}? ${refusal(result)}` };
  },
};

function refusal({ reason, message }: BlockedFetch): string {
  return `blocked for ${reason}: ${message}`;
}

/** A forgotten `await` must not pass for anything. */
function asResult(received: unknown, matcher: string): FetchResult {
  if (typeof received === 'object' && received !== null && 'allowed' in received) {
    return received as FetchResult;
  }
  throw new TypeError(`${matcher}() takes the awaited result of page.fetch()`);
}
