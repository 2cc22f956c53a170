import { A, B, startLive, until, type LiveApp } from './support/live-app.js';
import { MemorySource, state } from './support/memory-source.js';
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

// Rule 7
it.each([
  ['lower', state(4, [B]), 'revision-went-back'],
  ['equal with other contents', state(5, [B]), 'revision-reused'],
  ['equal and the same', state(5, [A]), undefined],
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

// The advice about a list that stands in no code.
it('what is denied says that the list is the source’s', async () => {
  const source = new MemorySource(state(1, [A]));
  const app = await startLive('express', { source });
  await until(() => app.live.status().state === 'current');
  const { CorsInspector } = await import('nestjs-cors');
  const { advice } = await app.app.get(CorsInspector).explain('GET', '/tenants', B);
  expect(advice).toContain(`add '${B}' to the list of its source`);
  await app.close();
});
