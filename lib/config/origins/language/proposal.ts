import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { parseOriginPattern } from '../origin-pattern.js';
import { repairWord } from '../repair-origin.js';
import { isRefused } from '../risk/refused.js';
import { charSetOf, isOpen, isWide, type CharSet } from './charset.js';
import { findingsIn } from './findings.js';
import { readRegExp, type Reading } from './reading.js';
import { rewrite, sourceOf, withDotsEscaped, withoutAnchors } from './rewrite.js';
import type { Term } from './terms.js';

const MAX_PATTERNS = 12;
const NAMES: readonly string[] = ['[a-z0-9-]', '[a-z0-9_]', '[a-z0-9]', '[a-z]'];

/**
 * The value to write instead, as TypeScript behind `origin:` or as an entry of a list. Only what passes the checks itself,
 * with `credentials` too, and allows no origin that the expression does not accept or misspell; rather nothing than something
 * else.
 */
export function proposalFor(reading: Reading): string | undefined {
  const { patterns, complete } = reading.meaning;
  if (complete && isHarmless(patterns) && isMeant(reading, reading.meant)) return listOf(patterns);
  return [0, 1]
    .map((least) => narrowed(reading, least))
    .find((found) => isProposable(reading, found))
    ?.toString();
}

/** The proof that every proposal passes: each of its origins is accepted, or is what an accepted text would be if it were one. */
function isMeant(reading: Reading, proposed: Term): boolean {
  const { languages, accepted } = reading;
  return languages.covers(languages.terms.alt(accepted, misspelt(reading)), proposed);
}

/** The origins that are spelt out with a mistake: `https://App.test/` for `https://app.test`. */
function misspelt({ languages, accepted, meaning }: Reading): Term {
  const repaired = meaning.words.flatMap((word) => {
    const origin = repairWord(word);
    const pattern = origin === undefined ? undefined : parseOriginPattern(origin).pattern;
    if (pattern === undefined || !languages.includes(accepted, word)) return [];
    return [pattern];
  });
  return languages.patterns(repaired);
}

function isHarmless(patterns: readonly OriginPattern[]): boolean {
  if (patterns.length === 0 || patterns.length > MAX_PATTERNS) return false;
  return !patterns.some((pattern) => isRefused(pattern));
}

function listOf(patterns: readonly OriginPattern[]): string {
  const quoted = patterns.map(({ source }) => `'${source}'`);
  return quoted.length === 1 ? quoted.join() : `[${quoted.join(', ')}]`;
}

/** The expression with its anchors, its dots escaped and nothing but names in what is open, `least` characters or more. */
function narrowed({ group, flags, missingAnchors }: Reading, least: number): RegExp {
  const tree = rewrite(withDotsEscaped(group), (node) => {
    const atom = node.kind === 'repeat' ? node.node : node;
    if (atom.kind !== 'atom') return node;
    const chars = charSetOf(atom.source, flags);
    const open = isWide(chars) ? { ...atom, source: nameWithin(chars, flags) } : atom;
    if (node.kind !== 'repeat') return open;
    return { ...node, node: open, min: isOpen(chars) ? Math.max(node.min, least) : node.min };
  });
  const source =
    missingAnchors.length === 0 ? sourceOf(tree) : `^(?:${sourceOf(withoutAnchors(tree))})$`;
  return new RegExp(source, flags.replace(/[^uv]/g, ''));
}

/** The widest class of what names are made of that the set has room for. */
function nameWithin(chars: CharSet, flags: string): string {
  const fits = (source: string): boolean => (charSetOf(source, '') & ~chars) === 0n;
  const name = NAMES.find(fits) ?? '[a-z0-9-]';
  return flags.includes('v') ? name.replace('9-]', '9\\-]') : name;
}

function isProposable(reading: Reading, regexp: RegExp): boolean {
  const proposed = readRegExp(regexp, reading.languages);
  return (
    findingsIn(proposed).length === 0 &&
    isHarmless(proposed.meaning.patterns) &&
    isMeant(reading, proposed.accepted)
  );
}
