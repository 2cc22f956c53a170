import { parseOrigin } from '../../../protocol/origin/grammar.js';
import { show } from '../../../protocol/show-value.js';
import { secondDomain } from './domains.js';
import { NO_ORIGINS } from './meaning.js';
import type { RegExpGroup } from './parser.js';
import { hasWideAtom, type Reading } from './reading.js';
import { withDotsEscaped } from './rewrite.js';
import type { Term } from './terms.js';
import { TooComplex, unlessTooComplex } from './too-complex.js';

/** Stable codes of the reasons why a RegExp is refused as an origin. */
export type RegExpIssueCode =
  | 'reflects-every-origin'
  | 'regexp-accepts-mutant'
  | 'regexp-not-an-origin'
  | 'regexp-stateful'
  | 'regexp-too-complex'
  | 'regexp-too-wide'
  | 'regexp-unanchored'
  | 'regexp-unescaped-dot'
  | 'regexp-unsupported';

/** Something that rules an expression out. */
export interface Finding {
  readonly code: RegExpIssueCode;
  readonly what: string;
  /** The shortest input that shows it: an origin of an https page if there is one. */
  readonly witness?: string | undefined;
  /** In place of a proposal, where none fits every place that an expression can stand in. */
  readonly fix?: string;
}

const EVERYONE =
  "list the origins, or write `origin: '*'` without credentials if everyone is meant";

/**
 * Everything that rules the expression out, one finding a code. An anchor that is missing is said even where the proof of
 * the rest would take too much.
 *
 * @throws TooComplex
 */
export function findingsIn(reading: Reading): readonly Finding[] {
  const everyone = unlessTooComplex(() => findReflection(reading)) ?? [];
  if (everyone.length > 0) return [...everyone, ...findState(reading)];
  const plain = [...findState(reading), ...findUnanchored(reading)];
  const surplus = unlessTooComplex(() => findSurplus(reading));
  if (surplus === undefined && plain.length === 0) throw new TooComplex();
  const found = [...plain, ...(surplus ?? [])];
  return found.length > 0 ? found : findSecondDomain(reading);
}

function findReflection({ languages, accepted, meant }: Reading): readonly Finding[] {
  if (languages.shortest([languages.httpsNames], accepted) !== undefined) return [];
  const what = 'accepts every origin, as `*` does; never with credentials';
  const witness = languages.beyond(accepted, meant);
  return [{ code: 'reflects-every-origin', what, witness, fix: EVERYONE }];
}

function findState({ regexp }: Reading): readonly Finding[] {
  if (!regexp.global && !regexp.sticky) return [];
  const flag = regexp.global ? 'g' : 'y';
  const what = `has the flag ${flag} and so remembers its last match: the same origin is allowed, then denied; drop the flag`;
  return [{ code: 'regexp-stateful', what }];
}

function findUnanchored(reading: Reading): readonly Finding[] {
  const { regexp, languages, accepted, meant, missingAnchors } = reading;
  const code = 'regexp-unanchored';
  if (missingAnchors.length > 0) {
    const what = `has an alternative without ${missingAnchors.join(' and ')}, so more may stand around what it names`;
    return [{ code, what, witness: unlessTooComplex(() => languages.beyond(accepted, meant)) }];
  }
  if (!regexp.multiline) return [];
  const what = 'has the flag m, with which ^ and $ match at every line; drop the flag';
  const line = unlessTooComplex(() => languages.beyond(accepted, languages.terms.never));
  return [{ code, what, witness: line === undefined ? undefined : `${line}\n` }];
}

/** A text that is accepted beyond the meaning even where the anchors that are missing stand. */
function findSurplus(reading: Reading): readonly Finding[] {
  const { languages, accepted, meant, group } = reading;
  const { terms } = languages;
  const whole = wholeOf(reading, group);
  if (languages.shortest([whole]) === undefined) {
    return [{ code: 'regexp-unsupported', what: 'matches nothing that is as short as an origin' }];
  }
  const noOrigins = terms.alt(...NO_ORIGINS.map((text) => languages.word(text)));
  const escaped = wholeOf(reading, withDotsEscaped(group));
  const outer = terms.alt(meant, noOrigins);
  const found = [
    ...findNoOrigin(languages.shortest([whole, noOrigins])),
    ...(whole === escaped ? [] : findDot(languages.beyond(whole, terms.alt(escaped, outer)))),
    ...findWide(reading, languages.beyond(escaped, outer)),
  ];
  return found.filter(({ witness = '' }) => languages.includes(accepted, witness));
}

function wholeOf({ languages, flags, missingAnchors }: Reading, group: RegExpGroup): Term {
  const { empty, start, end } = languages.terms;
  const anchored = missingAnchors.length === 0;
  return languages.node(group, flags, anchored ? start : empty, anchored ? end : empty);
}

function findNoOrigin(witness: string | undefined): readonly Finding[] {
  if (witness === undefined) return [];
  const what = 'accepts what any site can send, from a sandboxed frame for instance';
  return [{ code: 'regexp-accepts-mutant', what, witness }];
}

function findDot(witness: string | undefined): readonly Finding[] {
  if (witness === undefined) return [];
  const what = 'has an unescaped dot, which stands for any character';
  return [{ code: 'regexp-unescaped-dot', what, witness }];
}

function findWide(reading: Reading, witness: string | undefined): readonly Finding[] {
  if (witness === undefined) return [];
  if (parseOrigin(witness) !== undefined) {
    const what = 'leaves open more than subdomains and ports of what it names';
    return [{ code: 'regexp-too-wide', what, witness }];
  }
  if (hasWideAtom(reading)) {
    const what = 'lets more than letters, digits and hyphens stand in a name';
    return [{ code: 'regexp-too-wide', what, witness }];
  }
  if (reading.missingAnchors.length > 0) return []; // said already
  const what =
    'matches what is no origin: browsers send scheme://host or scheme://host:port, in lower case';
  return [{ code: 'regexp-not-an-origin', what, witness }];
}

function findSecondDomain({ languages, group, flags, accepted }: Reading): readonly Finding[] {
  const second = secondDomain(group, flags);
  if (second === undefined) return [];
  const what = `reaches a second domain by a quantifier, ${show(second.host)}; name each`;
  const witness = languages.shortest([accepted, languages.pattern(second)]);
  return [{ code: 'regexp-too-wide', what, witness }];
}
