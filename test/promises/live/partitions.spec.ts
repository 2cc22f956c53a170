import { fc } from '../../support/fast-check.js';
import { A, B, startLive, until, type LiveApp } from './support/live-app.js';
import { Proxy, type Partition } from './support/proxy.js';
import { openStore, STORES, type Store } from './support/stores.js';

/** How many random schedules each store goes through; many of them take long. */
const SCHEDULES = Number(process.env['CORS_LIVE_SCHEDULES'] ?? 2);
const REPLICAS = 3;
/** After the end of a partition; two polls, a deadline and a pause are less. */
const LATEST = 5000;

type Step =
  | { readonly kind: 'partition'; readonly replica: number; readonly partition: Partition }
  | { readonly kind: 'publish'; readonly allows: string }
  | { readonly kind: 'bad'; readonly text: string }
  | { readonly kind: 'wipe' };

const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('partition' as const),
    replica: fc.nat(REPLICAS - 1),
    partition: fc.constantFrom<Partition>('cut', 'silent', 'none'),
  }),
  fc.record({ kind: fc.constant('publish' as const), allows: fc.constantFrom(A, B) }),
  fc.record({
    kind: fc.constant('bad' as const),
    text: fc.constantFrom(
      'rubbish',
      '{"format":1,"revision":5,"policies":{"tenants":{"origin":["https://evil.example"]}}}',
      '{"format":1,"revision":NEXT,"policies":{"tenants":{"origin":["null"]}}}',
      '{"format":1,"revision":NEXT,"policies":{"tenants":{"ori',
    ),
  }),
  fc.constant({ kind: 'wipe' as const }),
);

const lists = (origin: string): { tenants: { origin: string[] } } => ({
  tenants: { origin: [origin] },
});

/** Who may read, by one revision: it may change between two requests. */
async function allowedBy(replica: LiveApp): Promise<readonly boolean[]> {
  for (;;) {
    const { revision } = replica.live.status();
    const allowed = [await replica.allowed(A), await replica.allowed(B)];
    if (replica.live.status().revision === revision) return allowed.filter(Boolean);
  }
}

describe.each(STORES)('three replicas, each behind its own network: %s', (name) => {
  let store: Store;
  /** The last good revision. */
  let last = 0;
  const proxies: Proxy[] = [];
  const replicas: LiveApp[] = [];

  beforeAll(async () => {
    store = await openStore(name);
    last = await store.publish(lists(A));
    for (let index = 0; index < REPLICAS; index += 1) {
      const proxy = await Proxy.before(() => store.port);
      proxies.push(proxy);
      const source = store.source(proxy.port);
      replicas.push(await startLive('fastify', { source, pollEvery: 500, deadline: 400 }));
    }
  });

  afterAll(async () => {
    for (const part of [...replicas.splice(0), ...proxies.splice(0)]) await part.close();
    await store.close();
  });

  const perform = async (step: Step): Promise<void> => {
    if (step.kind === 'partition') proxies[step.replica]?.set(step.partition);
    else if (step.kind === 'publish') last = await store.publish(lists(step.allows));
    else if (step.kind === 'bad') await store.write(step.text.replace('NEXT', String(last + 1)));
    else await store.wipe();
    await new Promise((resolve) => setTimeout(resolve, 150));
    // Nothing but a good state ever moves a decision.
    for (const replica of replicas) {
      expect(await replica.allowed('https://evil.example')).toBe(false);
      expect(await allowedBy(replica)).toHaveLength(1);
    }
  };

  it('agree on the last good state once every partition has ended', async () => {
    const schedule = fc.array(STEP, { minLength: 3, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(schedule, fc.constantFrom(A, B), async (steps, allowed) => {
        for (const step of steps) await perform(step);
        const revision = await store.publish(lists(allowed));
        last = revision;
        for (const proxy of proxies) proxy.set('none');
        const agreed = (): boolean =>
          replicas.every(({ live }) => live.status().revision === revision);
        const healed = performance.now();
        await until(agreed);
        // Printed, not judged: a loaded machine is no fault.
        if (performance.now() - healed > LATEST)
          process.stderr.write(`${name}: ${Math.round(performance.now() - healed)} ms\n`);
        for (const replica of replicas)
          expect([await replica.allowed(A), await replica.allowed(B)]).toEqual([
            allowed === A,
            allowed === B,
          ]);
      }),
      { numRuns: SCHEDULES, endOnFailure: true },
    );
  });
});
