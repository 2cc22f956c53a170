import { PLATFORMS } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A } from '../support/live-app.js';
import { down, MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  // Rule 18
  it('deny everyone after maxStale, and nobody anew once the source answers', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, allowed } = await start(source, { maxStale: 700 });
    source.answer = down;
    await until(() => live.status().state === 'closed');
    expect(await allowed(A)).toBe(false);
    source.answer = () => 'unchanged';
    await live.reconcile();
    expect([live.status().state, await allowed(A)]).toEqual(['current', true]);
  });
});
