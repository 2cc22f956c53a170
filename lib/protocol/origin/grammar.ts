/**
 * The longest serialised origin worth looking at: `https://` + 253 octets of host name + `:65535`, with room for the longer
 * extension schemes. Nothing longer can be allowed, so nothing longer is examined.
 */
export const MAX_ORIGIN_LENGTH = 326;

/**
 * Fetch, "`Origin` header": `scheme "://" host [ ":" port ]`, as browsers serialise it: lower case, no user info, no path.
 * The host alphabet of the web's own schemes is narrower than what browsers load: characters such as `` ` `` or `,` only
 * serve attacks. Labels are separated by dots they cannot contain, so a match never backtracks. An application's own scheme
 * has an opaque host, a registered name of RFC 3986 section 3.2.2: Electron's pages are `app://.`.
 */
const SERIALISED_ORIGIN =
  /^([a-z][a-z0-9+.-]*):\/\/(?:([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])|((?:[a-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+))(?::([1-9][0-9]{0,4}))?$/;

/** URL Standard, "special scheme": their hosts are domains and addresses, all others are opaque. */
const SPECIAL_SCHEMES: ReadonlySet<string> = new Set(['file', 'ftp', 'http', 'https', 'ws', 'wss']);

/** The hosts of the scheme are domains and addresses. */
export function isSpecialScheme(scheme: string): boolean {
  return SPECIAL_SCHEMES.has(scheme);
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
};

/** The default port of a scheme, which browsers leave out. */
export function defaultPort(scheme: string): string | undefined {
  return Object.hasOwn(DEFAULT_PORTS, scheme) ? DEFAULT_PORTS[scheme] : undefined;
}

export interface ParsedOrigin {
  readonly scheme: string;
  readonly host: string;
  /** Empty when the origin names none. */
  readonly port: string;
  /** The host is no domain and has no labels: no `*.` stands for part of it. */
  readonly opaque: boolean;
}

/**
 * Reads an `Origin` header value as a tuple origin. `null`, lists, default ports and anything a browser would write
 * otherwise are not origins. Never uses a URL parser: that would repair what must be refused.
 */
export function parseOrigin(value: string): ParsedOrigin | undefined {
  if (value.length > MAX_ORIGIN_LENGTH) return undefined;
  const match = SERIALISED_ORIGIN.exec(value);
  if (match === null) return undefined;
  const [, scheme = '', domain, name, port = ''] = match;
  const opaque = domain === undefined;
  if (opaque && SPECIAL_SCHEMES.has(scheme)) return undefined;
  if (port !== '' && (Number(port) > 65535 || port === defaultPort(scheme))) return undefined;
  return { scheme, host: domain ?? name ?? '', port, opaque };
}
