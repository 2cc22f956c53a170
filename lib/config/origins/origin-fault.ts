import { reachOf } from './risk/risky-hosts.js';

/** By what it finds in a text that is no origin, most telling first. */
const FAULTS: readonly (readonly [sign: RegExp, fault: string])[] = [
  [/[\s\p{Cc}\p{Cf}]/u, 'it has a space or an invisible character in it'],
  [/:\/\/[^/]*:\/\//, 'it has two schemes'],
  [/:\/\/https?\b(?=[:/]|$)/i, 'it has two schemes'],
  [/["'`]/, 'it has a quote in it'],
  [/\\/, 'it has a backslash, which is no slash'],
  [/:\/\/(?:[/?#:]|$)/, 'no host follows the scheme'],
  [/^[^:]*:\/\/[^/?#]*@/, 'browsers send no user name or password'],
  [/^[^:]*:\/\/[^/?#]*:(?:[/?#]|$)/, 'a colon without a port after it'],
  [
    /^[^:]*:\/\/(?:\[[^\]]*\]|[^/?#[\]:]*):(?!\*?(?:[/?#]|$))[^/?#]*[^\d/?#]/,
    'the port is no number',
  ],
  [/:\/\/[^/?#]*[/?#]/, 'an origin ends before the path, and browsers send no slash after it'],
  [/[A-Z]/, 'browsers send small letters'],
  [/[^\x21-\x7e]/, 'browsers send host names in their ASCII form'],
];

/** The mistake in a text with a scheme. */
export function originFault(source: string): string {
  const [, fault] = FAULTS.find(([sign]) => sign.test(source)) ?? [];
  return fault ?? 'an origin is scheme://host or scheme://host:port, in lower case';
}

/** Words for a text without `://` that no proposal fits. */
export function schemelessAdvice(source: string): string {
  if (/^(?:undefined|NaN|\[object Object\])$/.test(source)) {
    return 'is the environment variable set that it comes from?';
  }
  if (/^[a-z][a-z0-9+.-]*:?\/{1,2}|^https?:(?!\d+$)/i.test(source)) {
    return "between scheme and host stands '://'";
  }
  const [host = ''] = /^(?:\[[0-9a-f:.]+\]|[^:/]*)/i.exec(source) ?? [];
  return reachOf(host.toLowerCase()) === 'loopback'
    ? 'write http://, the host and the port of the development server, as the browser shows them'
    : 'write scheme://host, as the browser shows it for the page';
}

const DECIMAL_ADDRESS = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){3}\.?$/;

/**
 * The mistake in an address, and the form that browsers send. Short, octal and hexadecimal IPv4 addresses are more often
 * a slip of the hand than meant: `010.0.0.1` is 8.0.0.1 to a URL parser, so for these nothing is proposed.
 */
export function addressFault(
  host: string,
  canonical: string | undefined,
  toWrite: (address: string) => string,
): string {
  if (canonical === undefined) return 'it is no IP address';
  if (!host.startsWith('[') && !DECIMAL_ADDRESS.test(host)) {
    return 'browsers send an IPv4 address as four numbers from 0 to 255 without leading zeros';
  }
  return `browsers send the address in its shortest form${toWrite(canonical)}`;
}
