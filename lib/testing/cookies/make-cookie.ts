import { isSecureChannel, type Cookie } from './cookie.js';
import { parseCookieDate } from './cookie-date.js';
import { cookieDomain } from './cookie-domain.js';
import { keepsPrefixes } from './cookie-prefixes.js';
import type { CookieRefusal } from './refusal.js';
import { parseSetCookie } from './set-cookie.js';

/** RFC 6265bis §5.5 and Chromium: nothing is kept for longer than 400 days. */
const MAX_AGE = 400 * 24 * 3600 * 1000;

/** RFC 6265bis §5.7, as far as it does not depend on what is in the jar or who asks. */
export function makeCookie(line: string, url: URL, now: number): Cookie | CookieRefusal {
  const read = parseSetCookie(line);
  if (typeof read === 'string') return read;
  const { name, value, attributes } = read;
  const domain = cookieDomain(attributes.get('domain') ?? '', url.hostname);
  if (domain === undefined) return 'InvalidDomain';
  const cookie: Cookie = {
    name,
    value,
    ...domain,
    path: readPath(attributes.get('path') ?? '', url),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: readSameSite(attributes.get('samesite')),
    expires: readExpiry(attributes, now),
  };
  if (!keepsPrefixes(cookie, url, attributes)) return 'InvalidPrefix';
  if (cookie.secure && !isSecureChannel(url)) return 'SecureOnly';
  return cookie.sameSite === 'none' && !cookie.secure ? 'SameSiteNoneInsecure' : cookie;
}

/** RFC 6265 §5.1.4, "default-path", for what does not begin with a slash. */
function readPath(path: string, url: URL): string {
  if (path.startsWith('/')) return path;
  const end = url.pathname.lastIndexOf('/');
  return end <= 0 ? '/' : url.pathname.slice(0, end);
}

function readSameSite(value: string | undefined): Cookie['sameSite'] {
  const lower = value?.toLowerCase();
  return lower === 'strict' || lower === 'lax' || lower === 'none' ? lower : 'unspecified';
}

function readExpiry(attributes: ReadonlyMap<string, string>, now: number): number {
  const maxAge = attributes.get('max-age') ?? '';
  const expires = /^[+-]?\d+$/.test(maxAge)
    ? now + Number(maxAge) * 1000
    : parseCookieDate(attributes.get('expires') ?? '');
  return expires === undefined ? Infinity : Math.min(expires, now + MAX_AGE);
}
