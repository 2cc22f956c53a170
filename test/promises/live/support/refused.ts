import type { CorsReading } from 'nestjs-cors';
import { until } from '../../../support/until.js';
import { A } from './live-app.js';
import { MemorySource, state } from './memory-source.js';
import type { Start } from './starting.js';

/** A state that is refused whole, with one of the mistakes that are found in it. */
export type RefusedRow = readonly [what: string, policies: object, refused: string];

/** Pages that may be read again. */
export function pages(...origins: readonly string[][]): AsyncIterable<readonly string[]> {
  return {
    async *[Symbol.asyncIterator](): AsyncGenerator<readonly string[]> {
      yield* origins;
    },
  };
}

/** The state is refused, and what was held stays. */
export async function expectRefusal(
  start: Start,
  policies: object,
  refused: string,
): Promise<void> {
  const source = new MemorySource(state(1, [A]));
  const { live, allowed } = await start(source);
  const seen: string[] = [];
  live.on('rejected', ({ issues }) =>
    seen.push(...issues.map(({ code, where }) => `${code} ${where}`)),
  );
  source.say({ format: 1, revision: 2, policies } as unknown as CorsReading);
  await until(() => live.status().rejected === 1);
  expect(seen).toContain(refused);
  expect([live.status().revision, await allowed(A)]).toEqual([1, true]);
}
