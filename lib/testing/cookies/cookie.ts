/** A cookie in the jar (RFC 6265bis §5.7). */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | 'unspecified';
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** The cookie as a `Cookie` header has it. */
export function serialize({ name, value }: Cookie): string {
  return name === '' ? value : `${name}=${value}`;
}

/** RFC 6265bis §5.8.3, but for time and site. */
export function belongsTo(cookie: Cookie, url: URL): boolean {
  if (cookie.secure && !isSecureChannel(url)) return false;
  const host = url.hostname;
  const fits = cookie.hostOnly ? host === cookie.domain : domainMatches(host, cookie.domain);
  return fits && pathMatches(url.pathname, cookie.path);
}

/** RFC 6265 §5.1.3. */
export function domainMatches(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** RFC 6265 §5.1.4. */
export function pathMatches(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}

/** Targets that browsers send `Secure` cookies to: over TLS, and on the own machine. */
export function isSecureChannel(url: URL): boolean {
  return (
    url.protocol === 'https:' ||
    /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  );
}
