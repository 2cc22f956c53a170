import { escapeExpression } from '../../config/origins/escape-expression.js';

/** Which policy answers for a method at the paths of a cell. */
export interface EdgeAnswer {
  /** Key of a policy, `alone`, `disputed`, or `beyond`: no route serves it, `paths` and `default` decide. */
  readonly policy: string;
  /** The methods that a preflight lists; absent: the one that it asks for. */
  readonly listed?: readonly string[];
}

/** By method; `'*'`: methods that the manifest does not name. */
export type EdgeAnswers = ReadonlyMap<string, EdgeAnswer>;

/** Paths for which the same answers hold. Of the cells that match a path, the first counts. */
export interface EdgeCell {
  /** Anchored, without look-around: every engine reads it. */
  readonly expression: string;
  readonly ignoresCase: boolean;
  readonly answers: EdgeAnswers;
}

/** No route serves it. */
export const BEYOND = 'beyond';

/** The ends that a cell's paths may have behind its segments. */
export type Tail = '' | '/' | '/.+';

/** The ends as one expression. */
function sourceOfTails(tails: readonly Tail[]): string {
  const [bare, slash, deeper] = (['', '/', '/.+'] as const).map((tail) => tails.includes(tail));
  const beyond = slash && deeper ? '/.*' : slash ? '/' : deeper ? '/.+' : '';
  if (beyond === '' || !bare) return beyond;
  return beyond === '/' ? '/?' : `(?:${beyond})?`;
}

/** `undefined` stands for any segment. */
function sourceOfSegments(segments: readonly (string | undefined)[]): string {
  return segments
    .map((text) => (text === undefined ? '/[^/]+' : `/${escapeExpression(text)}`))
    .join('');
}

/** Equal texts for answers that are alike. */
export function textOfAnswers(answers: EdgeAnswers): string {
  return JSON.stringify([...answers]);
}

/**
 * The cells of a path and, where it is open, of what is below it: ends behind which the same answers hold share one.
 *
 * @param segments `undefined` stands for any
 * @param answersBehind the answers behind an end; `undefined` where there is no such path
 */
export function cellsOf(
  segments: readonly (string | undefined)[],
  open: boolean,
  ignoresCase: boolean,
  answersBehind: (tail: Tail) => EdgeAnswers | undefined,
): readonly EdgeCell[] {
  const groups = new Map<string, { readonly answers: EdgeAnswers; readonly tails: Tail[] }>();
  for (const tail of open ? (['', '/', '/.+'] as const) : (['', '/'] as const)) {
    const answers = answersBehind(tail);
    if (answers === undefined) continue;
    const key = textOfAnswers(answers);
    const group = groups.get(key) ?? { answers, tails: [] };
    group.tails.push(tail);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ answers, tails }) => ({
    expression: `^${sourceOfSegments(segments)}${sourceOfTails(tails)}$`,
    ignoresCase,
    answers,
  }));
}
