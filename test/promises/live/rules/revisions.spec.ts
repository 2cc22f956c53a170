import type { CorsListChange, CorsReading } from 'nestjs-cors';
import { PLATFORMS } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A, B, startLive } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

const delta = (revision: number, since: number, tenants: CorsListChange): CorsReading => ({
  format: 1,
  revision,
  since,
  changes: { tenants },
});

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  // Rule 8
  it('apply a change to the revision that it starts from, and read whole otherwise', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, allowed } = await start(source);
    source.say({
      format: 1,
      revision: 2,
      since: 1,
      changes: { tenants: { add: [B], remove: [A] } },
    });
    await until(() => live.status().revision === 2);
    expect([await allowed(A), await allowed(B)]).toEqual([false, true]);

    source.answer = (held) =>
      held === undefined
        ? state(9, [A])
        : { format: 1, revision: 9, since: 8, changes: { tenants: { add: [A] } } };
    await live.reconcile();
    expect([live.status().revision, await allowed(A), await allowed(B)]).toEqual([9, true, false]);
  });

  // Rules 6 and 7: what is no revision is no state.
  it.each([0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1, '2', Number.NaN, null])(
    'are refused under revision %p',
    async (revision) => {
      const source = new MemorySource(state(1, [A]));
      const { live, allowed } = await start(source);
      source.say(state(revision as number, [B]));
      await until(() => live.status().rejected === 1);
      expect([await allowed(A), await allowed(B)]).toEqual([true, false]);
    },
  );
});

// Rule 7
it.each([
  ['lower', state(4, [B]), 'revision-went-back'],
  ['equal with other contents', state(5, [B]), 'revision-reused'],
  ['equal with another change', delta(5, 5, { add: [B] }), 'revision-reused'],
  ['equal and the same', state(5, [A]), undefined],
  ['equal and the same in other words', delta(5, 5, { add: [A], remove: [B] }), undefined],
])('a revision that is %s changes nothing', async (_what, answer, code) => {
  const source = new MemorySource(state(5, [A]));
  const app = await startLive('express', { source, pollEvery: 60_000, deadline: 5000 });
  const codes: string[] = [];
  app.live.on('rejected', ({ issues }) => codes.push(...issues.map((issue) => issue.code)));
  source.answer = () => answer;
  await app.live.reconcile();
  expect([codes, app.live.status().revision, await app.allowed(A)]).toEqual([
    code === undefined ? [] : [code],
    5,
    true,
  ]);
  await app.close();
});
