import { charSetOf, isWide } from './charset.js';
import { Languages } from './languages.js';
import { meaningOf, type Meaning } from './meaning.js';
import { parseRegExp, type RegExpGroup } from './parser.js';
import { rewrite } from './rewrite.js';
import type { Term } from './terms.js';

/** An expression and what it accepts. */
export interface Reading {
  readonly regexp: RegExp;
  readonly languages: Languages;
  readonly group: RegExpGroup;
  readonly flags: string;
  /** Every text in which the expression finds a match. */
  readonly accepted: Term;
  readonly meaning: Meaning;
  /** The language of the patterns of `meaning`. */
  readonly meant: Term;
  /** The anchors that some way through the expression lacks. */
  readonly missingAnchors: readonly ('^' | '$')[];
}

/** @throws UnsupportedRegExp, TooComplex */
export function readRegExp(regexp: RegExp, languages = new Languages()): Reading {
  const { flags } = regexp;
  const group = parseRegExp(regexp);
  const meaning = meaningOf(group, flags);
  return {
    regexp,
    languages,
    group,
    flags,
    accepted: languages.expression(group, flags),
    meaning,
    meant: languages.patterns(meaning.patterns),
    missingAnchors: missingAnchors(languages, group, flags),
  };
}

/** With all ways cut that lead past an anchor, no way may be left. */
function missingAnchors(
  languages: Languages,
  group: RegExpGroup,
  flags: string,
): readonly ('^' | '$')[] {
  const { empty, never } = languages.terms;
  const missing: ('^' | '$')[] = [];
  if (languages.node(group, flags, never, empty) !== never) missing.push('^');
  if (languages.node(group, flags, empty, never) !== never) missing.push('$');
  return missing;
}

/** Some atom lets more stand in a name than names are made of. */
export function hasWideAtom({ group, flags }: Reading): boolean {
  let found = false;
  rewrite(group, (node) => {
    const atom = node.kind === 'repeat' ? node.node : node;
    if (atom.kind === 'atom') found ||= isWide(charSetOf(atom.source, flags));
    return node;
  });
  return found;
}
