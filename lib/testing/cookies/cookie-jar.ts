import { OPAQUE, originOf, siteOf } from '../fetch/origin.js';
import {
  belongsTo,
  domainMatches,
  isSecureChannel,
  pathMatches,
  serialize,
  type Cookie,
} from './cookie.js';
import { makeCookie } from './make-cookie.js';
import { refused, type CookieRefusal, type RefusedCookie } from './refusal.js';

const FROM_ANOTHER_SITE = {
  strict: 'SameSiteStrict',
  lax: 'SameSiteLax',
  unspecified: 'SameSiteUnspecifiedTreatedAsLax',
} as const;

/**
 * The cookies of a browser (RFC 6265bis, and Chromium where it differs). A cookie without `SameSite` counts as `Lax`; `Lax`
 * and `Strict` ones travel only between pages and URLs of one site. Opaque pages have no cookies, as in sandboxed frames.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Stores a cookie as if the user had visited that URL and its response had carried this `Set-Cookie` line.
   *
   * @throws TypeError if browsers would refuse it, saying why
   */
  set(url: string, setCookie: string): void {
    const reason = this.#keep(new URL(url), setCookie, true);
    if (reason === undefined) return;
    const { message } = refused(setCookie, reason);
    throw new TypeError(`${url} cannot set the cookie '${setCookie}': ${reason}: ${message}`);
  }

  /** The `Cookie` header for a request by a page; without a page, for a visit of the URL. Empty if there is none. */
  get(url: string, pageOrigin?: string): string {
    if (pageOrigin === OPAQUE) return '';
    const to = new URL(url);
    const isSameSite = pageOrigin === undefined || this.#isSameSite(to, pageOrigin);
    const sent = [...this.#cookies.values()].filter(
      (cookie) =>
        cookie.expires > this.#now() &&
        belongsTo(cookie, to) &&
        (isSameSite || cookie.sameSite === 'none'),
    );
    sent.sort((one, other) => other.path.length - one.path.length);
    return sent.map(serialize).join('; ');
  }

  /** Stores what a response sets, as far as a page of that origin may have it set, and returns what is refused. */
  receive(url: URL, setCookies: readonly string[], pageOrigin: string): readonly RefusedCookie[] {
    if (pageOrigin === OPAQUE) return [];
    const isSameSite = this.#isSameSite(url, pageOrigin);
    return setCookies.flatMap((line) => {
      const reason = this.#keep(url, line, isSameSite);
      return reason === undefined ? [] : [refused(line, reason)];
    });
  }

  clear(): void {
    this.#cookies.clear();
  }

  #keep(url: URL, setCookie: string, isSameSite: boolean): CookieRefusal | undefined {
    const cookie = makeCookie(setCookie, url, this.#now());
    if (typeof cookie === 'string') return cookie;
    if (!isSameSite && cookie.sameSite !== 'none') return FROM_ANOTHER_SITE[cookie.sameSite];
    if (this.#overwritesSecure(cookie, url)) return 'OverwriteSecure';
    const key = [cookie.domain, cookie.hostOnly, cookie.path, cookie.name].join(';');
    if (cookie.expires <= this.#now()) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
    return undefined;
  }

  /** RFC 6265bis §5.7, "leave secure cookies alone": who can change plain http must not sign somebody in or out. */
  #overwritesSecure(cookie: Cookie, url: URL): boolean {
    if (cookie.secure || isSecureChannel(url)) return false;
    return [...this.#cookies.values()].some(
      (kept) =>
        kept.secure &&
        kept.name === cookie.name &&
        kept.expires > this.#now() &&
        (domainMatches(kept.domain, cookie.domain) || domainMatches(cookie.domain, kept.domain)) &&
        pathMatches(cookie.path, kept.path),
    );
  }

  #isSameSite(url: URL, pageOrigin: string): boolean {
    return siteOf(originOf(url)) === siteOf(pageOrigin);
  }
}
