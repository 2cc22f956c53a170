import type { PlatformName } from '../../support/platforms.js';
import type { RawResponse } from '../../support/raw.js';
import type { Question } from './requests.js';

/** One line of an answer that is another after the move. */
export interface Change extends Pick<Question, 'asker' | 'isPreflight'> {
  readonly platform: PlatformName;
  /** `status`, `body`, or a header's name in lower case. */
  readonly line: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The answers as wholes. */
  readonly statuses: readonly [before: number, after: number];
  readonly question: string;
}

/** These differ between any two answers, or follow from the body. */
const OF_THE_MOMENT = new Set(['date', 'content-length', 'etag', 'content-type']);

/** Every line of an answer: lines of one name are one, in order. */
function linesOf({ status, headers, body }: RawResponse): ReadonlyMap<string, string> {
  const lines = new Map([
    ['status', String(status)],
    ['body', body],
  ]);
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const held = lines.get(name);
    if (!OF_THE_MOMENT.has(name))
      lines.set(name, held === undefined ? value : `${held} | ${value}`);
  }
  return lines;
}

export function changesBetween(
  platform: PlatformName,
  { name, asker, isPreflight }: Question,
  answers: readonly [before: RawResponse, after: RawResponse],
): readonly Change[] {
  const [before, after] = [linesOf(answers[0]), linesOf(answers[1])];
  const statuses = [answers[0].status, answers[1].status] as const;
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((line) => ({ line, before: before.get(line), after: after.get(line) }))
    .filter((change) => change.before !== change.after)
    .map((change) => ({ ...change, platform, asker, isPreflight, statuses, question: name }));
}
