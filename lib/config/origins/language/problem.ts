import { compileOriginMatcher } from '../../../protocol/origin/matcher.js';
import { parseOriginPattern } from '../origin-pattern.js';
import { isExact, type OriginPattern } from '../../../protocol/origin/pattern.js';
import { show } from '../../../protocol/show-value.js';
import { patternsMeant, asSource } from './suggestion.js';
import type { Skeleton } from './shape.js';

/** Stable codes of the reasons why a RegExp is refused as an origin. */
export type RegExpIssueCode =
  | 'reflects-every-origin'
  | 'regexp-accepts-mutant'
  | 'regexp-catastrophic'
  | 'regexp-not-an-origin'
  | 'regexp-stateful'
  | 'regexp-too-wide'
  | 'regexp-unanchored'
  | 'regexp-unescaped-dot'
  | 'regexp-unsupported';

export interface RegExpProblem {
  readonly code: RegExpIssueCode;
  /** What is wrong, what it lets in, and what to write instead. */
  readonly message: string;
  /**
   * An input that the expression does accept (it was run), or for `regexp-catastrophic` one that it may choke on. Absent
   * where the expression could not be read, or accepts nothing that was tried.
   */
  readonly counterExample?: string;
  /** What to write behind `origin:`, as TypeScript, where it can be told. */
  readonly suggestion?: string;
}

/** The expression under audit. */
export interface RegExpSubject {
  readonly regexp: RegExp;
  readonly skeletons: readonly Skeleton[];
  readonly accepts: (input: string) => boolean;
  /** Whether a pattern that was probably meant allows the input. */
  readonly isMeant: (input: string) => boolean;
  readonly suggestion: string | undefined;
}

export function subjectOf(regexp: RegExp, skeletons: readonly Skeleton[]): RegExpSubject {
  const stateless = new RegExp(regexp.source, regexp.flags.replace(/[gy]/g, ''));
  const meant = patternsMeant(skeletons);
  return {
    regexp,
    skeletons,
    accepts: (input) => stateless.test(input),
    isMeant: allowedBy(meant.flatMap((source) => parseOriginPattern(source).pattern ?? [])),
    suggestion: asSource(meant),
  };
}

export function allowedBy(patterns: readonly OriginPattern[]): (input: string) => boolean {
  return compileOriginMatcher({ patterns, regexps: [], predicates: [] }).allows;
}

/** The most telling of the inputs that are accepted: an origin that browsers send and that was not meant, if there is one. */
export function mostTelling(subject: RegExpSubject, inputs: readonly string[]): string | undefined {
  const accepted = inputs.filter(subject.accepts);
  const unmeant = accepted.filter((input) => !subject.isMeant(input));
  const sent = unmeant.find(isOrigin);
  const close = unmeant.find((input) => input.includes('://') && !/\/\/\.|\.\./.test(input));
  return sent ?? close ?? unmeant[0] ?? accepted[0];
}

/** Whether a browser could send it: stricter than the grammar, which lets empty labels pass. */
function isOrigin(input: string): boolean {
  const { pattern } = parseOriginPattern(input);
  return pattern !== undefined && isExact(pattern);
}

export function problem(
  { regexp, suggestion }: Pick<RegExpSubject, 'regexp' | 'suggestion'>,
  code: RegExpIssueCode,
  what: string,
  counterExample?: string,
): RegExpProblem {
  const verb = code === 'regexp-catastrophic' ? 'try it on' : 'it accepts';
  const proof = counterExample === undefined ? '' : `; ${verb} ${show(counterExample)}`;
  const fix =
    suggestion === undefined ? 'list the origins, or decide in a predicate' : `write ${suggestion}`;
  return {
    code,
    message: `${show(regexp)} ${what}${proof}; ${fix}`,
    ...(counterExample === undefined ? {} : { counterExample }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
