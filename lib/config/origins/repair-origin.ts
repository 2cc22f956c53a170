import { domainToASCII, domainToUnicode } from 'node:url';
import { defaultPort } from '../../protocol/origin/grammar.js';
import { reachOf } from './risk/risky-hosts.js';

const URL_TEXT = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]+)(?:[/?#].*)?$/i;
const AUTHORITY = /^(\*\.)?(\[[0-9a-f:.]+\]|[^:[\]*]+)(?::(\*|[1-9]\d{0,4}))?$/i;
const DOMAIN = /^[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*\.?$/u;

/** Hosts that are left of a scheme written twice or of a variable that is not set: `https://https://a.test`. */
const NO_HOSTS: ReadonlySet<string> = new Set(['http', 'https', 'null', 'undefined', 'nan']);

/**
 * The origin of a pasted URL, wildcards included: the path goes, capitals become small letters and the host ASCII.
 * Undefined where it takes a guess. No URL parser: it makes `https://https` of `https:https//a.test`.
 */
export function repairOrigin(text: string): string | undefined {
  const [, written = '', authority = ''] = URL_TEXT.exec(text) ?? [];
  const [, wildcard = '', host = '', port = ''] = AUTHORITY.exec(authority) ?? [];
  const name = host.startsWith('[') ? host.toLowerCase() : asciiHost(host);
  if (name === undefined || NO_HOSTS.has(name)) return undefined;
  const scheme = written.toLowerCase();
  const portless = port === '' || port === defaultPort(scheme);
  return `${scheme}://${wildcard}${name}${portless ? '' : `:${port}`}`;
}

/**
 * The origin of a bare host. Development servers on loopback speak http, at a port that only their owner knows; for an
 * address in the network, a name without dots or port 80 it takes a guess. `app.example.com` is `https://app.example.com`.
 */
export function repairSchemeless(text: string): string | undefined {
  const repaired = repairOrigin(`https://${text}`);
  const [, , , host = '', port = ''] =
    /^(https):\/\/(\*\.)?(\[.*\]|[^:]*)(?::(.*))?$/.exec(repaired ?? '') ?? [];
  if (repaired === undefined || host === '') return undefined;
  const reach = reachOf(host);
  if (reach === 'loopback') return port === '' ? undefined : repaired.replace('https:', 'http:');
  return reach === 'public' && host.includes('.') && port !== '80' ? repaired : undefined;
}

/**
 * The origin of one text that an expression spells out: as of a bare host or of a URL, but nothing is cut off except a slash
 * at the end. `https://ap/dmin.example` is a slip, and nobody means `https://ap` by it.
 */
export function repairWord(word: string): string | undefined {
  const text = word.replace(/\/$/, '');
  if (/[/?#]/.test(text.replace('://', ''))) return undefined;
  return text.includes('://') ? repairOrigin(text) : repairSchemeless(text);
}

/** A host name in the letters that browsers send; undefined where other characters than letters would be changed. */
function asciiHost(host: string): string | undefined {
  if (!DOMAIN.test(host)) return undefined;
  const lower = host.toLowerCase().normalize('NFC');
  if (/^[a-z0-9._-]+$/.test(lower)) return lower;
  const ascii = domainToASCII(lower);
  return ascii !== '' && domainToUnicode(ascii) === lower ? ascii : undefined;
}
