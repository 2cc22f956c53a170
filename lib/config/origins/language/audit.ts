import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { mutantsOf, samplesOf } from './attacks.js';
import { MAX_COST, matchingCost } from './cost.js';
import { parseRegExp, UnsupportedRegExp, type ParsedRegExp } from './parser.js';
import { findProblems } from './problems.js';
import { readVariant } from './origin-shape.js';
import { memberOf, skeletonOf, type Skeleton } from './shape.js';
import {
  allowedBy,
  problem,
  subjectOf,
  type RegExpProblem,
  type RegExpSubject,
} from './problem.js';
import { expandRegExp, MAX_VARIANTS, TooManyVariants, type Expansion } from './variants.js';

export type { RegExpIssueCode, RegExpProblem } from './problem.js';

export interface RegExpWarning {
  readonly code: 'regexp-case-insensitive' | 'regexp-polynomial';
  readonly message: string;
}

/** The outcome of {@link auditOriginRegExp}. */
export type RegExpAudit =
  | {
      readonly ok: true;
      /** Members of the language, at most 32. */
      readonly samples: readonly string[];
      /** Patterns that together allow every origin that the expression accepts. */
      readonly covers: readonly OriginPattern[];
      readonly warnings: readonly RegExpWarning[];
    }
  | { readonly ok: false; readonly problems: readonly RegExpProblem[] };

const MAX_SAMPLES = 32;
const MAX_MUTATED_SAMPLES = 64;
/** What an expression whose assertions are not evaluated may contain and still be run on short inputs. */
const MAX_UNBOUNDED_WITH_ASSERTIONS = 3;
const SLOW = MAX_COST / 32;

/**
 * Accepts a RegExp as an origin only if it is proved to be anchored, stateless, fast, and to stay within patterns whose
 * literal part settles whose origins they are. Never runs an expression whose cost is not bounded. Meant for start-up.
 */
export function auditOriginRegExp(pattern: RegExp): RegExpAudit {
  const unread = subjectOf(pattern, []);
  try {
    const parsed = parseRegExp(pattern);
    return auditExpansion(pattern, parsed, expandRegExp(parsed, pattern.flags));
  } catch (error) {
    if (error instanceof UnsupportedRegExp) {
      return refuse(
        problem(unread, 'regexp-unsupported', `cannot be proved safe: it has ${error.message}`),
      );
    }
    if (error instanceof TooManyVariants) {
      return refuse(
        problem(
          unread,
          'regexp-catastrophic',
          `has more than ${MAX_VARIANTS} ways to match, too many to look at each`,
        ),
      );
    }
    /* istanbul ignore next: a fault of ours, not of the expression */
    throw error;
  }
}

function refuse(...problems: readonly RegExpProblem[]): RegExpAudit {
  return { ok: false, problems };
}

function auditExpansion(pattern: RegExp, parsed: ParsedRegExp, expansion: Expansion): RegExpAudit {
  const skeletons = expansion.variants.map(skeletonOf);
  const subject = subjectOf(pattern, skeletons);
  const slow = findCatastrophe(subject, parsed, expansion);
  if (slow !== undefined) return refuse(slow);
  const problems = findProblems(subject, parsed.unprovable);
  return problems.length > 0
    ? { ok: false, problems }
    : probe(subject, matchingCost(expansion.variants));
}

function findCatastrophe(
  subject: RegExpSubject,
  { unprovable, unbounded }: ParsedRegExp,
  { variants, repeatsGroup }: Expansion,
): RegExpProblem | undefined {
  const demonstration = demonstrate(subject.skeletons);
  if (repeatsGroup) {
    const what = 'repeats a group without bound, which nothing proves to be fast';
    return problem(subject, 'regexp-catastrophic', what, demonstration);
  }
  const unevaluated = unprovable.length > 0 && unbounded > MAX_UNBOUNDED_WITH_ASSERTIONS;
  if (!unevaluated && matchingCost(variants) <= MAX_COST) return undefined;
  const what = 'has neighbouring repetitions that can share a text in too many ways';
  return problem(subject, 'regexp-catastrophic', what, demonstration);
}

/** Long runs of what repeats, and an end that fails the match after all ways were tried. */
function demonstrate(skeletons: readonly Skeleton[]): string {
  const members = skeletons.map((skeleton) => {
    const length = Math.floor(
      240 / Math.max(1, skeleton.pieces.filter(({ max }) => max > 1).length),
    );
    return memberOf(skeleton, (index) => {
      const { chars, max = 1 } = skeleton.pieces[index] ?? {};
      if (max === 1 || chars === undefined) return undefined;
      const character = chars.has('a') ? 'a' : ([...chars][0] ?? '');
      return character.repeat(Math.min(max, length)); // 240 in all leave room for the rest
    });
  });
  const longest = members.reduce(
    (found, member) => (member.length > found.length ? member : found),
    '',
  );
  return `${longest}!`;
}

/** The engine has the last word: what was proved about samples and their mutants must also be so. */
function probe(subject: RegExpSubject, cost: number): RegExpAudit {
  const covers = coversOf(subject.skeletons);
  const samples = subject.skeletons.flatMap(samplesOf);
  const isCovered = allowedBy(covers);
  const misread = samples.find((sample) => !subject.accepts(sample) || !isCovered(sample));
  if (misread !== undefined) {
    return refuse(
      problem(
        subject,
        'regexp-unsupported',
        `cannot be proved safe: ${misread} was expected to match`,
      ),
    );
  }
  const step = Math.ceil(samples.length / MAX_MUTATED_SAMPLES);
  const mutants = samples.filter((_, index) => index % step === 0).flatMap(mutantsOf);
  const passing = mutants.find((mutant) => subject.accepts(mutant) && !isCovered(mutant));
  /* istanbul ignore if: a safety net, for should the proof above be wrong */
  if (passing !== undefined) {
    return refuse(problem(subject, 'regexp-accepts-mutant', 'accepts more than it names', passing));
  }
  return {
    ok: true,
    samples: samples.slice(0, MAX_SAMPLES),
    covers,
    warnings: warningsFor(subject, cost),
  };
}

function coversOf(skeletons: readonly Skeleton[]): readonly OriginPattern[] {
  const covers = new Map<string, OriginPattern>();
  for (const skeleton of skeletons) {
    const reading = readVariant(skeleton);
    if (reading.fault === undefined) covers.set(reading.pattern.source, reading.pattern);
  }
  return [...covers.values()];
}

function warningsFor(
  { regexp, suggestion }: RegExpSubject,
  cost: number,
): readonly RegExpWarning[] {
  const warnings: RegExpWarning[] = [];
  if (regexp.ignoreCase) {
    const message = `${regexp} has the flag i; browsers send origins in lower case, drop it`;
    warnings.push({ code: 'regexp-case-insensitive', message });
  }
  if (cost > SLOW) {
    const message = `${regexp} takes quadratic time on a hostile origin; write ${suggestion ?? 'a pattern'}`;
    warnings.push({ code: 'regexp-polynomial', message });
  }
  return warnings;
}
