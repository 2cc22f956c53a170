/** A cookie in the jar (RFC 6265 §5.3). */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none';
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** RFC 6265 §5.2 and §5.3: a `Set-Cookie` line as the cookie it makes, or `undefined` where browsers refuse it. */
export function parseSetCookie(line: string, url: URL, now: number): Cookie | undefined {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const equals = pair.indexOf('=');
  if (equals < 1) return undefined;
  const read = readAttributes(attributes);
  const domain = (read.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  if (domain !== '' && !domainMatches(url.hostname, domain)) return undefined;
  const cookie: Cookie = {
    name: pair.slice(0, equals).trim(),
    value: pair.slice(equals + 1).trim(),
    domain: domain === '' ? url.hostname : domain,
    hostOnly: domain === '',
    path: read.get('path')?.startsWith('/') === true ? (read.get('path') ?? '/') : defaultPath(url),
    secure: read.has('secure'),
    httpOnly: read.has('httponly'),
    sameSite: readSameSite(read.get('samesite')),
    expires: readExpiry(read, now),
  };
  return isAcceptable(cookie, url) ? cookie : undefined;
}

/** RFC 6265 §5.1.3. */
export function domainMatches(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** What browsers let `Secure` cookies travel over: TLS, and the own machine. */
export function isSecureChannel(url: URL): boolean {
  return (
    url.protocol === 'https:' ||
    /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  );
}

/** `SameSite=None` needs `Secure`, and `Secure` needs a secure channel. */
function isAcceptable(cookie: Cookie, url: URL): boolean {
  if (cookie.sameSite === 'none' && !cookie.secure) return false;
  return !cookie.secure || isSecureChannel(url);
}

function readAttributes(attributes: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    attributes.map((attribute) => {
      const [name = '', ...value] = attribute.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
}

function readSameSite(value: string | undefined): Cookie['sameSite'] {
  const lower = value?.toLowerCase();
  return lower === 'strict' || lower === 'none' ? lower : 'lax';
}

function readExpiry(attributes: ReadonlyMap<string, string>, now: number): number {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? Infinity : expires;
}

/** RFC 6265 §5.1.4. */
function defaultPath(url: URL): string {
  const end = url.pathname.lastIndexOf('/');
  return end <= 0 ? '/' : url.pathname.slice(0, end);
}
