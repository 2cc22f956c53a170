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
export function sourceOfTails(tails: readonly Tail[]): string {
  const [bare, slash, deeper] = (['', '/', '/.+'] as const).map((tail) => tails.includes(tail));
  const beyond = slash && deeper ? '/.*' : slash ? '/' : deeper ? '/.+' : '';
  if (beyond === '' || !bare) return beyond;
  return beyond === '/' ? '/?' : `(?:${beyond})?`;
}

/** `undefined` stands for any segment. */
export function sourceOfSegments(segments: readonly (string | undefined)[]): string {
  return segments
    .map((text) => (text === undefined ? '/[^/]+' : `/${escapeExpression(text)}`))
    .join('');
}

/** Equal texts for answers that are alike. */
export function textOfAnswers(answers: EdgeAnswers): string {
  return JSON.stringify([...answers]);
}
