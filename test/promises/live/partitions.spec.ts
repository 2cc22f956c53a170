import { fc } from '../../support/fast-check.js';
import { CorsConflictError } from 'nestjs-cors/redis';
import { until } from '../../support/until.js';
import { A, B } from './support/live-app.js';
import { Replica } from './support/replicas.js';
import { EVIL, REPLICAS, SCHEDULE, type Step } from './support/schedules.js';
import { openStore, persistently, STORES, type Store } from './support/stores.js';

/** How many random schedules each store goes through; many of them take long. */
const SCHEDULES = Number(process.env['CORS_LIVE'] ?? 1);

const lists = (origin: string): { tenants: { origin: string[] } } => ({
  tenants: { origin: [origin] },
});

describe.each(STORES)('three replicas, each behind its own network: %s', (name) => {
  let store: Store;
  /** Every good state by its revision: the origin that it allows. */
  const good = new Map<number, string>();
  let last = 0;
  const replicas: Replica[] = [];
  /** Milliseconds from the end of partitions until everybody denies what was revoked meanwhile. */
  let longest = 0;

  const publish = async (origin: string): Promise<number> => {
    last = await persistently(() => store.publish(lists(origin)));
    good.set(last, origin);
    return last;
  };

  beforeAll(async () => {
    store = await openStore(name);
    await publish(A);
    for (let index = 0; index < REPLICAS; index += 1) replicas.push(await Replica.before(store));
  });

  afterAll(async () => {
    for (const replica of replicas) await replica.close();
    await store.close();
    // Printed, not judged: a loaded machine is no fault.
    if (SCHEDULES > 1)
      process.stderr.write(`${name}: ${SCHEDULES} schedules, at most ${longest} ms\n`);
  });

  /** One of the two is told so, and what the other one wrote holds. */
  const twoWriters = async (): Promise<void> => {
    const expected = await publish(A);
    const written = await Promise.allSettled(
      [A, B].map((origin) => store.publish(lists(origin), { expected })),
    );
    for (const [index, outcome] of written.entries()) {
      if (outcome.status === 'fulfilled') {
        last = outcome.value;
        good.set(last, [A, B][index] as string);
      } else expect(outcome.reason).toBeInstanceOf(CorsConflictError);
    }
    expect(written.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  };

  const perform = async (step: Step): Promise<void> => {
    if (step.kind === 'partition') replicas[step.replica]?.proxy.set(step.partition);
    else if (step.kind === 'publish') await publish(step.allows);
    else if (step.kind === 'two writers') await twoWriters();
    else if (step.kind === 'wipe') await persistently(() => store.wipe());
    else if (step.kind === 'store stopped') await store.stop();
    else if (step.kind === 'restart') await replicas[step.replica]?.restart();
    else await persistently(() => store.write(step.text.replace('NEXT', String(last + 1))));
  };

  /** Nothing but a good state ever moves a decision, and no older one than before. */
  const check = async (before: readonly number[]): Promise<void> => {
    for (const [index, replica] of replicas.entries()) {
      const { revision, allowed } = await replica.allowedOf([A, B, EVIL]);
      expect(allowed).toEqual([good.get(revision)]);
      expect(revision).toBeGreaterThanOrEqual(before[index] ?? 0);
    }
  };

  const run = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) {
      const before = replicas.map(({ status }) => status.revision ?? 0);
      await perform(step);
      await new Promise((resolve) => setTimeout(resolve, 150));
      await check(before);
      if (step.kind === 'store stopped') await store.start();
    }
  };

  it('deny what was revoked once every partition has ended', async () => {
    await fc.assert(
      fc.asyncProperty(SCHEDULE, async ({ steps, allowed }) => {
        await run(steps);
        await publish(allowed);
        const revoked = allowed === A ? B : A;
        const healed = performance.now();
        for (const { proxy } of replicas) proxy.set('none');
        for (const replica of replicas) await until(async () => !(await replica.allowed(revoked)));
        longest = Math.max(longest, Math.round(performance.now() - healed));
        await until(() => replicas.every(({ status }) => status.revision === last));
        for (const replica of replicas)
          expect((await replica.allowedOf([A, B, EVIL])).allowed).toEqual([allowed]);
      }),
      { numRuns: SCHEDULES, endOnFailure: true },
    );
  });
});
