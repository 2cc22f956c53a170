import { randomUUID } from 'node:crypto';
import { dotAttacks, endAttacks, NEVER_ORIGINS, pieceAttacks } from './attacks.js';
import { findUnescapedDot, readVariant, type VariantReading } from './origin-shape.js';
import { memberOf, type Skeleton } from './shape.js';
import { mostTelling, problem, type RegExpProblem, type RegExpSubject } from './problem.js';

/** Everything that rules an expression out, one problem a code. Runs the expression, so its cost must be known. */
export function findProblems(
  subject: RegExpSubject,
  unprovable: readonly string[],
): readonly RegExpProblem[] {
  const everyone = findReflection(subject);
  if (everyone !== undefined) return [everyone, ...findState(subject)];
  const problems = [
    ...findState(subject),
    ...unprovable.slice(0, 1).map((what) => unprovableProblem(subject, what)),
    ...findNonOrigins(subject),
    ...findMultiline(subject),
  ];
  for (const skeleton of subject.skeletons) {
    const known = new Set(problems.map(({ code }) => code));
    const faults = faultsIn(skeleton).filter(({ fault }) => !known.has(fault));
    problems.push(...faults.map((fault) => explain(subject, skeleton, fault)));
  }
  return problems;
}

function findReflection(subject: RegExpSubject): RegExpProblem | undefined {
  const canaries = [1, 2, 3].map(() => `https://cors-canary-${randomUUID()}.invalid`);
  if (!canaries.every(subject.accepts)) return undefined;
  const everyone = { regexp: subject.regexp, suggestion: "'*'" };
  return problem(
    everyone,
    'reflects-every-origin',
    'accepts every origin, as `*` does; never with credentials',
    canaries[0],
  );
}

function findState(subject: RegExpSubject): readonly RegExpProblem[] {
  const { regexp } = subject;
  if (!regexp.global && !regexp.sticky) return [];
  const flag = regexp.global ? 'g' : 'y';
  const what = `has the flag ${flag} and so remembers its last match: the same origin is allowed, then denied; drop the flag`;
  const members = subject.skeletons.map((skeleton) => memberOf(skeleton));
  return [problem(subject, 'regexp-stateful', what, mostTelling(subject, members))];
}

function unprovableProblem(subject: RegExpSubject, what: string): RegExpProblem {
  const inputs = subject.skeletons
    .slice(0, 16)
    .flatMap((skeleton) => [
      ...pieceAttacksOn(skeleton),
      ...endAttacks(skeleton),
      memberOf(skeleton),
    ]);
  return problem(
    subject,
    'regexp-catastrophic',
    `${what}, so nothing proves what it accepts, nor how fast`,
    mostTelling(subject, inputs),
  );
}

function findNonOrigins(subject: RegExpSubject): readonly RegExpProblem[] {
  const found = NEVER_ORIGINS.find(subject.accepts);
  if (found === undefined) return [];
  const what = 'accepts what any site can send, from a sandboxed frame for instance';
  return [problem(subject, 'regexp-accepts-mutant', what, found)];
}

function findMultiline(subject: RegExpSubject): readonly RegExpProblem[] {
  if (!subject.regexp.multiline) return [];
  const inputs = subject.skeletons.slice(0, 1).flatMap((skeleton) => endAttacks(skeleton));
  const what = 'has the flag m, with which ^ and $ match at every line; drop the flag';
  return [problem(subject, 'regexp-unanchored', what, mostTelling(subject, inputs))];
}

type Fault = AnchorFault | Extract<VariantReading, { what: string }>;

interface AnchorFault {
  readonly fault: 'regexp-unanchored' | 'regexp-unsupported';
  readonly at: number;
  readonly what: string;
}

/** What keeps one variant from being proved. That it is no origin is only worth saying when nothing explains it. */
function faultsIn(skeleton: Skeleton): readonly Fault[] {
  const anchors = unanchored(skeleton);
  const reading = readVariant(skeleton);
  const dot = reading.fault === 'regexp-unescaped-dot' ? undefined : findUnescapedDot(skeleton);
  const faults = [anchors, dot, reading].filter(
    (found): found is Fault => found?.fault !== undefined,
  );
  const precise = faults.filter(({ fault }) => fault !== 'regexp-not-an-origin');
  if (precise.length > 0) return precise;
  return NEVER_ORIGINS.includes(skeleton.text) ? [] : faults;
}

function unanchored(skeleton: Skeleton): AnchorFault | undefined {
  const missing = [skeleton.anchoredAtStart ? '' : '^', skeleton.anchoredAtEnd ? '' : '$'].join('');
  if (missing !== '') {
    const what = `has an alternative without ${[...missing].join(' and ')}, so more may stand around what it names`;
    return { fault: 'regexp-unanchored', at: -1, what };
  }
  if (!skeleton.strayAnchor) return undefined;
  return { fault: 'regexp-unsupported', at: -1, what: 'has ^ or $ in the midst of an alternative' };
}

function explain(
  subject: RegExpSubject,
  skeleton: Skeleton,
  { fault, at, what }: Fault,
): RegExpProblem {
  return problem(subject, fault, what, mostTelling(subject, attacksOn(skeleton, fault, at)));
}

function attacksOn(
  skeleton: Skeleton,
  fault: RegExpProblem['code'],
  at: number,
): readonly string[] {
  const member = memberOf(skeleton);
  if (fault === 'regexp-unanchored') return [...endAttacks(skeleton), member];
  if (fault === 'regexp-unescaped-dot') return [...dotAttacks(skeleton), member];
  if (fault === 'regexp-too-wide') return [...pieceAttacks(skeleton, at), member];
  return [
    memberOf(skeleton, (index) => (skeleton.pieces[index]?.min === 0 ? '' : undefined)),
    member,
  ];
}

function pieceAttacksOn(skeleton: Skeleton): readonly string[] {
  return skeleton.pieces.flatMap((piece, at) =>
    piece.min === piece.max ? [] : pieceAttacks(skeleton, at),
  );
}
