/**
 * The longest serialised origin worth looking at: `https://` + 253 octets of host name + `:65535`, with room for the longer
 * extension schemes. Nothing longer can be allowed, so nothing longer is examined.
 */
export const MAX_ORIGIN_LENGTH = 326;

/**
 * Fetch, "`Origin` header": `scheme "://" host [ ":" port ]`, as browsers serialise it: lower case, no user info, no path.
 * The host alphabet is narrower than what browsers load: characters such as `` ` `` or `,` only serve attacks.
 * Labels are separated by dots they cannot contain, so a match never backtracks.
 */
const SERIALISED_ORIGIN =
  /^([a-z][a-z0-9+.-]*):\/\/([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?$/;

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
}

/**
 * Reads an `Origin` header value as a tuple origin. `null`, lists, default ports and anything a browser would write
 * otherwise are not origins. Never uses a URL parser: that would repair what must be refused.
 */
export function parseOrigin(value: string): ParsedOrigin | undefined {
  if (value.length > MAX_ORIGIN_LENGTH) return undefined;
  const match = SERIALISED_ORIGIN.exec(value);
  if (match === null) return undefined;
  const [, scheme = '', host = '', port = ''] = match;
  if (port !== '' && (Number(port) > 65535 || port === defaultPort(scheme))) return undefined;
  return { scheme, host, port };
}
