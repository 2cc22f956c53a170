import { parseOrigin } from '../../../protocol/origin/grammar.js';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { show } from '../../../protocol/show-value.js';
import { compileTest, type WordTest } from './automaton.js';
import { findingsIn, type Finding, type RegExpIssueCode } from './findings.js';
import { UnsupportedRegExp } from './parser.js';
import { proposalFor } from './proposal.js';
import { readRegExp, type Reading } from './reading.js';
import { TooComplex, unlessTooComplex } from './too-complex.js';

export type { RegExpIssueCode } from './findings.js';

export interface RegExpProblem {
  readonly code: RegExpIssueCode;
  /** The mistake, the origins it lets in, and the line to write instead. */
  readonly message: string;
  /** An input that the expression accepts, and that no pattern which it means allows. */
  readonly witness?: string;
  /** The value to write behind `origin:`, as TypeScript, where it can be told. */
  readonly proposal?: string;
}

export interface RegExpWarning {
  readonly code: 'regexp-case-insensitive';
  readonly message: string;
}

/** The outcome of {@link auditOriginRegExp}. */
export type RegExpAudit =
  | {
      readonly ok: true;
      /** Patterns that together allow every origin that the expression accepts. */
      readonly covers: readonly OriginPattern[];
      /** Decides in place of the expression: one step a character, no state, nobody else's object. */
      readonly test: WordTest;
      readonly warnings: readonly RegExpWarning[];
    }
  | { readonly ok: false; readonly problems: readonly RegExpProblem[] };

/**
 * Accepts a RegExp as an origin only if it is proved to be anchored, stateless, and to stay within the patterns that it
 * means. Never runs the expression: an accepted one comes with an automaton. Meant for start-up.
 */
export function auditOriginRegExp(regexp: RegExp): RegExpAudit {
  try {
    const reading = readRegExp(regexp);
    const findings = findingsIn(reading);
    if (findings.length === 0) return accept(reading);
    const proposal = unlessTooComplex(() => proposalFor(reading));
    return { ok: false, problems: findings.map((found) => problem(regexp, found, proposal)) };
  } catch (error) {
    return { ok: false, problems: [problem(regexp, findingFor(error), undefined)] };
  }
}

function accept({ regexp, languages, accepted, meaning }: Reading): RegExpAudit {
  const message = `${show(regexp)} has the flag i; browsers send origins in lower case, drop it`;
  return {
    ok: true,
    covers: meaning.patterns,
    test: compileTest(languages.derivatives, accepted),
    warnings: regexp.ignoreCase ? [{ code: 'regexp-case-insensitive', message }] : [],
  };
}

function findingFor(error: unknown): Finding {
  if (error instanceof UnsupportedRegExp) {
    return { code: 'regexp-unsupported', what: `cannot be proved safe: it has ${error.message}` };
  }
  if (!(error instanceof TooComplex)) throw error;
  return { code: 'regexp-too-complex', what: 'is too complex to prove what it accepts' };
}

function problem(
  regexp: RegExp,
  { code, what, witness, fix = 'list the origins, or decide in a predicate' }: Finding,
  proposal: string | undefined,
): RegExpProblem {
  const shows = witness === undefined ? '' : `; it accepts ${show(witness)}${comment(witness)}`;
  return {
    code,
    message: `${show(regexp)} ${what}${shows}; ${proposal === undefined ? fix : `write ${proposal}`}`,
    ...(witness === undefined ? {} : { witness }),
    ...(proposal === undefined ? {} : { proposal }),
  };
}

function comment(witness: string): string {
  return parseOrigin(witness) === undefined ? ', which is no origin' : '';
}
