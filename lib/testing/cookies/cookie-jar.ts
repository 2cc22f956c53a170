import { OPAQUE, originOf, siteOf } from '../fetch/origin.js';
import { domainMatches, isSecureChannel, parseSetCookie, type Cookie } from './set-cookie.js';

/**
 * The cookies of a browser (RFC 6265). A cookie without `SameSite` counts as `Lax`; `Lax` and `Strict` ones travel only
 * between pages and URLs of one site, where the site is the scheme and the last two labels of the host. Opaque pages
 * have no cookies, as in sandboxed frames.
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
   * @throws TypeError if browsers would refuse it
   */
  set(url: string, setCookie: string): void {
    const cookie = parseSetCookie(setCookie, new URL(url), this.#now());
    if (cookie === undefined) throw new TypeError(`${url} cannot set the cookie '${setCookie}'`);
    this.#store(cookie);
  }

  /** The `Cookie` header for a request by a page; without a page, for a visit of the URL. Empty if there is none. */
  get(url: string, pageOrigin?: string): string {
    if (pageOrigin === OPAQUE) return '';
    const to = new URL(url);
    const isSameSite = pageOrigin === undefined || this.#isSameSite(to, pageOrigin);
    const sent = [...this.#cookies.values()].filter(
      (cookie) => this.#isSentTo(cookie, to) && (isSameSite || cookie.sameSite === 'none'),
    );
    sent.sort((one, other) => other.path.length - one.path.length);
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Stores what a response sets, as far as a page of that origin may have it set. */
  receive(url: URL, setCookies: readonly string[], pageOrigin: string): void {
    if (pageOrigin === OPAQUE) return;
    const isSameSite = this.#isSameSite(url, pageOrigin);
    for (const line of setCookies) {
      const cookie = parseSetCookie(line, url, this.#now());
      if (cookie !== undefined && (isSameSite || cookie.sameSite === 'none')) this.#store(cookie);
    }
  }

  clear(): void {
    this.#cookies.clear();
  }

  #store(cookie: Cookie): void {
    const key = [cookie.domain, cookie.path, cookie.name].join(';');
    if (cookie.expires <= this.#now()) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
  }

  #isSentTo(cookie: Cookie, url: URL): boolean {
    if (cookie.expires <= this.#now() || (cookie.secure && !isSecureChannel(url))) return false;
    const host = url.hostname;
    if (cookie.hostOnly ? host !== cookie.domain : !domainMatches(host, cookie.domain)) {
      return false;
    }
    return pathMatches(url.pathname, cookie.path);
  }

  #isSameSite(url: URL, pageOrigin: string): boolean {
    return siteOf(originOf(url)) === siteOf(pageOrigin);
  }
}

/** RFC 6265 §5.1.4. */
function pathMatches(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
