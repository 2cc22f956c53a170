import type { CorsDelta, CorsSnapshot } from 'nestjs-cors';
import { CorsConflictError } from 'nestjs-cors/nats';
import { until } from '../../support/until.js';
import { A, B, startLive, type LiveApp } from './support/live-app.js';
import { Proxy } from './support/proxy.js';
import { lists } from './support/stage.js';
import { openStore, type Store } from './support/stores.js';

const BY_HAND = { pollEvery: 60_000, deadline: 50_000, startTimeout: 100_000 };
const MANY = Array.from({ length: 20_000 }, (_, index) => `https://t${index}.example`);
const LARGEST = 64 * 1024 * 1024;
/** Milliseconds after 1970 that lie far ahead. */
const FAR = 2 ** 50;

describe.each(['Redis', 'NATS'] as const)('sources and publishers over %s', (name) => {
  let store: Store;
  let proxy: Proxy;
  let app: LiveApp | undefined;

  beforeEach(async () => {
    store = await openStore(name);
    proxy = await Proxy.before(() => store.port);
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await proxy.close();
    await store.close();
  });

  const start = async (): Promise<LiveApp> => {
    app = await startLive('fastify', { source: store.source(proxy.port), ...BY_HAND });
    return app;
  };

  // Rule 5
  it('say little where nothing is new, however long the lists are', async () => {
    await store.publish(lists(...MANY));
    const { live } = await start();
    const before = proxy.said;
    await live.reconcile();
    expect(proxy.said - before).toBeLessThan(4096);
  });

  // Rule 6
  it('go on above a revision that is ahead of the clock', async () => {
    await store.write(JSON.stringify({ format: 1, revision: FAR, policies: lists(A) }));
    const revisions = [await store.publish(lists(B)), await store.patch({ tenants: { add: [A] } })];
    expect(revisions).toEqual([FAR + 1, FAR + 2]);
  });

  // Rule 6: one atomic step.
  it('give every writer a revision of its own, and lose nothing of what they change', async () => {
    await store.publish(lists(A));
    const added = MANY.slice(0, 8);
    const revisions = await Promise.all(
      added.map((one) => store.patch({ tenants: { add: [one] } })),
    );
    const { revision, policies } = JSON.parse(await store.text()) as CorsSnapshot;
    expect(new Set(revisions).size).toBe(added.length);
    expect(revision).toBe(Math.max(...revisions));
    expect(policies['tenants']?.origin).toEqual(expect.arrayContaining([A, ...added]));
  });

  // Rule 6: more writers than any of them tries to get in between.
  it('tell whoever was never first of a conflict, and write nothing of theirs', async () => {
    await store.publish(lists(A));
    const added = MANY.slice(0, 60);
    const outcomes = await Promise.allSettled(
      added.map((one) => store.patch({ tenants: { add: [one] } })),
    );
    const { policies } = JSON.parse(await store.text()) as CorsSnapshot;
    const isWritten = (_one: string, index: number): boolean =>
      outcomes[index]?.status === 'fulfilled';
    expect(policies['tenants']?.origin).toEqual(
      expect.arrayContaining([A, ...added.filter(isWritten)]),
    );
    expect(policies['tenants']?.origin).toHaveLength(1 + added.filter(isWritten).length);
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(CorsConflictError);
  });

  // Rule 8
  it('say only what changed since the revision that is held, and all of it where two changes came', async () => {
    const held = await store.publish(lists(A, B));
    const source = store.source(proxy.port);
    const read = async (): Promise<unknown> => source.read(held, new AbortController().signal);
    const first = await store.patch({ tenants: { remove: [A] } });
    const change: CorsDelta = {
      format: 1,
      revision: first,
      since: held,
      changes: { tenants: { remove: [A] } },
    };
    expect(await read()).toEqual(change);
    const second = await store.patch({ tenants: { add: ['https://c.example'] } });
    const origin = [B, 'https://c.example'];
    expect(await read()).toEqual({
      format: 1,
      revision: second,
      policies: { tenants: { origin } },
    });
    await source.close?.();
  });

  // Rule 20
  it('refuse a value of more than 64 MB, and read none of it', async () => {
    await store.publish(lists(A));
    const { live } = await start();
    const [refused, before] = [[] as string[], proxy.said];
    live.on('rejected', ({ issues }) => refused.push(...issues.map(({ message }) => message)));
    await store.enlarge(LARGEST + 1);
    await live.reconcile();
    expect(refused).toEqual([expect.stringContaining(`more than ${LARGEST} bytes`)]);
    expect(proxy.said - before).toBeLessThan(10_000);
    expect([live.status().state, await app?.allowed(A)]).toEqual(['current', true]);
  });
});

// Rule 4: a silent store accepts connections, and answers on none of them. The client of NATS keeps those, and hands them to nobody.
it('a source over Redis keeps no connection that did not answer in time', async () => {
  const store = await openStore('Redis');
  const proxy = await Proxy.before(() => store.port);
  await store.publish(lists(A));
  const source = store.source(proxy.port);
  const app = await startLive('fastify', { source, pollEvery: 500, deadline: 450 });
  proxy.set('silent');
  await until(() => proxy.accepted >= 8);
  expect(proxy.connections).toBeLessThanOrEqual(5);
  proxy.set('none');
  await until(() => app.live.status().state === 'current');
  await until(() => proxy.connections <= 2);
  await app.close();
  await proxy.close();
  await store.close();
});
