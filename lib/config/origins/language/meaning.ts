import { defaultPort } from '../../../protocol/origin/grammar.js';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { parseOriginPattern } from '../origin-pattern.js';
import { isObviousRegistry } from '../risk/risky-names.js';
import { charSetOf, isOpen, plainestOf } from './charset.js';
import type { RegExpGroup, RegExpNode } from './parser.js';
import { TooComplex } from './too-complex.js';

/** Stands in an outline for what the expression leaves open; no literal can be this character. */
const OPEN = '\ue000';
const MAX_OUTLINES = 1024;
/** A literal or a group that repeats more often than this is open. */
const MAX_SPELT_OUT = 4;
const OUTLINE =
  /^(?:([^:/]*):\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(?::([0-9\ue000]*))?(?:[/?#].*)?$/s;

export interface Meaning {
  readonly patterns: readonly OriginPattern[];
  /** Every way through the expression is within one of them. */
  readonly complete: boolean;
  /** The ways that leave nothing open, letter by letter. */
  readonly words: readonly string[];
}

/** The patterns that an expression means, read from its literal parts: `pr-\d+\.example\.com` means `*.example.com`. */
export function meaningOf(group: RegExpGroup, flags: string): Meaning {
  const patterns = new Map<string, OriginPattern>();
  const outlines = outlinesOf(group, flags);
  let complete = true;
  for (const outline of outlines) {
    const sources = patternsOf(outline.replace(/\ue000+/g, OPEN).toLowerCase());
    const meant = sources.flatMap((source) => parseOriginPattern(source).pattern ?? []);
    if (meant.length === 0 && !NO_ORIGINS.includes(outline)) complete = false;
    for (const pattern of meant) patterns.set(pattern.source, pattern);
  }
  const words = outlines.filter((outline) => !outline.includes(OPEN));
  return { patterns: [...patterns.values()], complete, words };
}

/** Sent where there is no origin to name, or by mistake. */
export const NO_ORIGINS: readonly string[] = ['null', '', 'undefined'];

function outlinesOf(node: RegExpNode, flags: string): readonly string[] {
  switch (node.kind) {
    case 'atom': {
      if (node.source === '.') return ['.'];
      const chars = charSetOf(node.source, flags);
      return [isOpen(chars) ? OPEN : plainestOf(chars)];
    }
    case 'group':
      return capped(
        node.alternatives.flatMap((nodes) =>
          nodes.reduce<readonly string[]>(
            (heads, next) => joined(heads, outlinesOf(next, flags)),
            [''],
          ),
        ),
      );
    case 'repeat':
      return repeated(outlinesOf(node.node, flags), node, flags);
    default:
      return [''];
  }
}

function repeated(
  once: readonly string[],
  { node, min, max }: Extract<RegExpNode, { kind: 'repeat' }>,
  flags: string,
): readonly string[] {
  if (node.kind === 'atom' && isOpen(charSetOf(node.source, flags))) return [OPEN];
  if (max > MAX_SPELT_OUT) {
    return [...(min === 0 ? [''] : []), ...once.map((outline) => OPEN + outline)];
  }
  let rounds: readonly string[] = [''];
  const outlines: string[] = [];
  for (let count = 0; count <= max; count += 1) {
    if (count >= min) outlines.push(...rounds);
    rounds = joined(rounds, once);
  }
  return capped(outlines);
}

function joined(heads: readonly string[], tails: readonly string[]): readonly string[] {
  if (heads.length * tails.length > MAX_OUTLINES) throw new TooComplex();
  return heads.flatMap((head) => tails.map((tail) => head + tail));
}

function capped(outlines: readonly string[]): readonly string[] {
  if (outlines.length > MAX_OUTLINES) throw new TooComplex();
  return outlines;
}

function patternsOf(outline: string): readonly string[] {
  const [, written, host = '', digits = ''] = OUTLINE.exec(outline) ?? [];
  // A bare `localhost` is a development server, whatever its port.
  const local = written === undefined && host.endsWith('localhost');
  const scheme =
    written === undefined || written.includes(OPEN) ? (local ? 'http' : 'https') : written;
  const port = digits.includes(OPEN) || (local && digits === '') ? '*' : digits;
  const end = port === '' || port === defaultPort(scheme) ? '' : `:${port}`;
  // `https://intranet` is spelt out, scheme and all.
  const isSpeltOut = written !== undefined && /^[^.\ue000]+$/.test(host);
  const hosts = isSpeltOut && !outline.includes(OPEN) ? [host] : hostsOf(host);
  return hosts.map((meant) => `${scheme}://${meant}${end}`);
}

function hostsOf(host: string): readonly string[] {
  const [, head = '', tail = ''] = /^(.*\ue000)?(.*)$/s.exec(host) ?? [];
  if (head === '') return tail.startsWith('.') ? below(tail.slice(1)) : exactly(tail);
  if (tail === '') return host.endsWith(`.${OPEN}`) ? [] : exactly(host.slice(0, -1));
  const settled = below(tail.includes('.') ? tail.slice(tail.indexOf('.') + 1) : '');
  if (settled.length > 0 || head !== OPEN) return settled;
  // `.*example\.com` means the domain and everything below it; `shop.*example\.com` could mean anything.
  return below(tail).length === 0 ? [] : [tail, ...below(tail)];
}

/** A lone word is a host only where names are not public. */
function exactly(host: string): readonly string[] {
  return host.includes('.') || host === 'localhost' || host.startsWith('[') ? [host] : [];
}

function below(host: string): readonly string[] {
  return host === '' || isObviousRegistry(host) ? [] : [`*.${host}`];
}
