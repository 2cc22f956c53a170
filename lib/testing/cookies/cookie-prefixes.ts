import { isSecureChannel, type Cookie } from './cookie.js';

/** The promise that a name makes by its beginning (RFC 6265bis §4.1.3, and Chromium's `__Http-`), in any case. */
const PREFIXES: readonly (readonly [prefix: RegExp, isKept: (cookie: Kept) => boolean])[] = [
  [/^__secure-/i, isSecure],
  [/^__http-/i, (cookie) => isSecure(cookie) && cookie.httpOnly],
  [/^__host-http-/i, (cookie) => isHostBound(cookie) && cookie.httpOnly],
  [/^__host-/i, isHostBound],
];

type Kept = Cookie & { readonly saysRootPath: boolean; readonly isSecureChannel: boolean };

/** The cookie keeps the promise of its name. A value without a name must not look like such a name. */
export function keepsPrefixes(
  cookie: Cookie,
  url: URL,
  attributes: ReadonlyMap<string, string>,
): boolean {
  const kept = {
    ...cookie,
    saysRootPath: attributes.get('path') === '/',
    isSecureChannel: isSecureChannel(url),
  };
  const text = cookie.name === '' ? cookie.value : cookie.name;
  const promises = PREFIXES.filter(([prefix]) => prefix.test(text));
  return promises.every(([, isKept]) => cookie.name !== '' && isKept(kept));
}

function isSecure(cookie: Kept): boolean {
  return cookie.secure && cookie.isSecureChannel;
}

/** The `Path` has to be said; the host's own name as `Domain` of an address does no harm. */
function isHostBound(cookie: Kept): boolean {
  return isSecure(cookie) && cookie.saysRootPath && cookie.hostOnly;
}
