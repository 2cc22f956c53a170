import { A, B, startLive, type LiveApp } from './support/live-app.js';
import { openStore, STORES, type Store } from './support/stores.js';

const lists = (...origin: string[]) => ({ tenants: { origin } });

describe.each(STORES)('a store: %s', (name) => {
  let store: Store;
  let app: LiveApp | undefined;
  beforeEach(async () => {
    store = await openStore(name);
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await store.close();
  });

  // Rule 6: a flushed store goes on above what replicas hold.
  it('gives every state a higher revision, also after it was emptied', async () => {
    const revisions = [await store.publish(lists(A))];
    revisions.push(await store.publish(lists(B)), await store.patch({ tenants: { add: [A] } }));
    await store.wipe();
    await new Promise((resolve) => setTimeout(resolve, 5));
    revisions.push(await store.publish(lists(A)));
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(revisions.every((one) => Number.isSafeInteger(one) && one > 0)).toBe(true);
  });

  // Rules 5 and 13: polls read what is unchanged; requests read nothing.
  it('is read by polls and by no request', async () => {
    await store.publish(lists(A));
    const source = store.source(store.port);
    const answers: unknown[] = [];
    const counted = {
      name: source.name,
      read: async (held: number | undefined, signal: AbortSignal) => {
        const answer = await source.read(held, signal);
        answers.push(answer);
        return answer;
      },
      close: () => source.close?.(),
    };
    app = await startLive('fastify', { source: counted, pollEvery: 60_000, deadline: 5000 });
    for (let requests = 0; requests < 20; requests += 1) await app.allowed(A);
    expect(answers).toHaveLength(1);
    await app.live.reconcile();
    // A source of one's own that says nothing of `held` may be read whole: it changes nothing.
    const unchanged = name === 'plain source' ? answers[0] : 'unchanged';
    expect(answers.slice(1)).toEqual([unchanged]);
  });
});
