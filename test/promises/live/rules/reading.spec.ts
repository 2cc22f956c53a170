import type { CorsReading } from 'nestjs-cors';
import { PLATFORMS } from '../../../support/platforms.js';
import { Gate } from '../support/gate.js';
import { until } from '../../../support/until.js';
import { A, B } from '../support/live-app.js';
import { down, MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  // Rule 3
  it('are read once more after hints during a reading, however many', async () => {
    let answer: (reading: CorsReading) => void = () => undefined;
    const source = new MemorySource(state(1, [A]));
    const { live } = await start(source, { pollEvery: 60_000, deadline: 50_000 });
    source.answer = () => new Promise((resolve) => (answer = resolve));
    const reading = live.reconcile();
    for (let hints = 0; hints < 5; hints += 1) source.notify();
    source.answer = () => 'unchanged';
    answer('unchanged');
    await reading;
    expect(source.reads).toEqual([undefined, 1, 1]);
  });

  // Rule 4
  it('give up a reading at its deadline, and drop its late answer', async () => {
    let late: (reading: CorsReading) => void = () => undefined;
    const source = new MemorySource(state(1, [A]));
    const { live, allowed } = await start(source);
    source.answer = () => new Promise((resolve) => (late = resolve));
    await live.reconcile();
    expect([live.status().state, source.signals.at(-1)?.aborted]).toEqual(['stale', true]);
    source.answer = () => 'unchanged';
    late(state(2, [B]));
    await until(() => live.status().state === 'current');
    expect([live.status().revision, await allowed(B)]).toEqual([1, false]);
  });

  // Rule 4: at most a second apart, for as long as it takes, however seldom polls are.
  it('are read again soon after a failure', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live } = await start(source, { pollEvery: 60_000, deadline: 50_000 });
    source.answer = down;
    await live.reconcile();
    await until(() => source.reads.length >= 4);
    expect(live.status().state).toBe('stale');
  });

  // Rule 13
  it('are read by no request, and no request waits for a reading', async () => {
    const source = new MemorySource(state(1, [A]));
    const { allowed } = await start(source, { pollEvery: 60_000, deadline: 50_000 });
    const gate = new Gate();
    source.answer = () => gate.pass().then(() => 'unchanged' as const);
    source.notify();
    await gate.reached;
    const readings = source.reads.length;
    for (let requests = 0; requests < 10; requests += 1) expect(await allowed(A)).toBe(true);
    expect(source.reads).toHaveLength(readings);
    gate.open();
  });
});
