import { publicSuffixes } from '../cookies/public-suffix.js';

/** The origin of opaque pages, and of chains of redirects that can no longer be trusted. */
export const OPAQUE = 'null';

/**
 * A URL's origin as the `Origin` header spells it. `URL.origin` only knows the web's own schemes; pages of extensions
 * and of mobile shells have origins too.
 */
export function originOf(url: URL): string {
  return url.origin === 'null' && url.host !== '' ? `${url.protocol}//${url.host}` : url.origin;
}

/** HTML, "same origin": opaque origins equal nothing, not even each other. */
export function isSameOrigin(one: string, other: string): boolean {
  return one === other && one !== OPAQUE;
}

/**
 * Fetch, "redirect-taint", as far as the `Origin` header cares: whether some URL of the chain left an origin that was
 * not the page's own, after which the next server is told `null`.
 */
export function isTainted(urls: readonly URL[], pageOrigin: string): boolean {
  return urls.slice(1).some((url, index) => {
    const previous = originOf(urls[index] as URL);
    return !isSameOrigin(originOf(url), previous) && !isSameOrigin(pageOrigin, previous);
  });
}

/**
 * The site an origin belongs to: the scheme and the registrable domain of the host, by the public suffix list where `tldts`
 * is installed, else guessed as its last two labels.
 */
export function siteOf(origin: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)(\[[^\]]*\]|[^:]*)/.exec(origin);
  if (match === null) return origin;
  const [, scheme = '', host = ''] = match;
  return scheme + registrableDomain(host);
}

/** As {@link siteOf}, without the scheme. */
export function registrableDomain(host: string): string {
  return publicSuffixes.registrableDomain(host);
}

/**
 * Checks what a test calls a page's origin: exactly what its `Origin` header would be.
 *
 * @throws TypeError naming the canonical form
 */
export function assertPageOrigin(origin: string): void {
  if (origin === OPAQUE) return;
  const canonical = URL.canParse(origin) ? originOf(new URL(origin)) : undefined;
  if (canonical === origin) return;
  const hint = canonical === undefined ? 'https://app.example.com' : canonical;
  throw new TypeError(`${JSON.stringify(origin)} is not the origin of a page; write '${hint}'`);
}
