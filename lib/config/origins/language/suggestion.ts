import { isObviousRegistry } from '../risk/risky-names.js';
import { defaultPort } from '../../../protocol/origin/grammar.js';
import { parseOriginPattern } from '../origin-pattern.js';
import { patternSource } from './origin-shape.js';
import { DOT, LABEL, NUMBER, WIDE, type Skeleton } from './shape.js';

const MAX_PATTERNS = 12;
const VARIABLE = `${LABEL}${NUMBER}${WIDE}`;
const LOOSE_ORIGIN = new RegExp(
  `^(?:([a-z][a-z0-9+.-]*)://|[^/]*?://)?([^/?#:]*?)(?::([0-9${VARIABLE}]+))?(?:[/?#].*)?[${WIDE}]*$`,
);

/** The patterns that were probably meant. Empty when they cannot be told. */
export function patternsMeant(skeletons: readonly Skeleton[]): readonly string[] {
  const patterns = new Set<string>();
  for (const skeleton of skeletons) {
    for (const pattern of patternsOf(skeleton.text)) patterns.add(pattern);
    if (patterns.size > MAX_PATTERNS) return [];
  }
  return [...patterns];
}

function patternsOf(text: string): readonly string[] {
  const loose = text.replaceAll(DOT, '.').toLowerCase();
  const [, rawScheme, rawHost = '', rawPort = ''] = LOOSE_ORIGIN.exec(loose) ?? [];
  // A bare `localhost` is a development server, whatever its port.
  const local = rawScheme === undefined && rawHost.endsWith('localhost');
  const scheme = rawScheme ?? (local ? 'http' : 'https');
  const anyPort = new RegExp(`[${VARIABLE}]`).test(rawPort) || (local && rawPort === '');
  const port = anyPort ? '*' : rawPort;
  const parts = { scheme, port: port === defaultPort(scheme) ? '' : port };
  return hostsOf(rawHost.slice(rawHost.lastIndexOf('@') + 1))
    .map(({ host, subdomains }) => patternSource({ ...parts, host }, subdomains))
    .filter((source) => parseOriginPattern(source).pattern !== undefined);
}

interface HostMeant {
  readonly host: string;
  readonly subdomains: boolean;
}

function hostsOf(rawHost: string): readonly HostMeant[] {
  const [, head = '', tail = ''] = new RegExp(`^(.*[${VARIABLE}])?(.*)$`).exec(rawHost) ?? [];
  const host = tail.replace(/^\./, '');
  const exact = { host, subdomains: false };
  if (head === '' && !tail.startsWith('.')) return isPlausible(host) ? [exact] : [];
  if (isObviousRegistry(host) || host === '') return [];
  const below = { host, subdomains: true };
  if (tail.startsWith('.')) return [below];
  // `.*example\.com` means the domain and everything below it; `shop.*example\.com` could mean anything.
  return new RegExp(`^[${VARIABLE}]$`).test(head) ? [exact, below] : [];
}

/** A lone word is a host only where names are not public. */
function isPlausible(host: string): boolean {
  return host.includes('.') || host === 'localhost' || host.startsWith('[');
}

/** As TypeScript, to be pasted behind `origin:`. */
export function asSource(patterns: readonly string[]): string | undefined {
  const quoted = patterns.map((pattern) => `'${pattern}'`);
  if (quoted.length === 0) return undefined;
  return quoted.length === 1 ? quoted[0] : `[${quoted.join(', ')}]`;
}
