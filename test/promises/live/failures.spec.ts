import { A, B, startLive, until, type LiveApp } from './support/live-app.js';
import { openStore, persistently, STORES, type Store } from './support/stores.js';
import { Proxy } from './support/proxy.js';

/** Lists of the one live policy. */
const lists = (...origin: string[]) => ({ tenants: { origin } });

interface Stage {
  readonly store: Store;
  readonly proxy: Proxy;
  readonly app: LiveApp;
  readonly events: readonly string[];
}

interface Failure {
  readonly what: string;
  readonly happens: (stage: Stage) => Promise<unknown>;
  /** Seen while it lasts. */
  readonly seen: (stage: Stage) => boolean;
  readonly ends?: (stage: Stage) => Promise<unknown>;
}

const stale = ({ app }: Stage): boolean => app.live.status().state === 'stale';
const refused =
  (code: string) =>
  ({ app, events }: Stage): boolean =>
    app.live.status().rejected > 0 && events.includes(`rejected ${code}`);

const heal = ({ proxy }: Stage): Promise<void> => Promise.resolve(proxy.set('none'));

const FAILURES: readonly Failure[] = [
  {
    what: 'the connection is cut',
    happens: async ({ proxy }) => proxy.set('cut'),
    seen: stale,
    ends: heal,
  },
  {
    what: 'the connection goes silent',
    happens: async ({ proxy }) => proxy.set('silent'),
    seen: stale,
    ends: heal,
  },
  {
    what: 'the store is stopped',
    happens: ({ store }) => store.stop(),
    seen: stale,
    ends: ({ store }) => store.start(),
  },
  {
    what: 'the state is no JSON',
    happens: ({ store }) => store.write('not a state'),
    seen: refused('invalid-snapshot'),
  },
  {
    what: 'half a state',
    happens: async ({ store }) => store.write((await store.text()).slice(0, 60)),
    seen: refused('invalid-snapshot'),
  },
  {
    what: 'a state that start-up would refuse',
    happens: ({ store }) => store.publish(lists(A, 'http://insecure.example')),
    seen: refused('insecure-origin-with-credentials'),
  },
  {
    what: 'an older state',
    happens: ({ store }) =>
      store.write(JSON.stringify({ format: 1, revision: 7, policies: lists(B) })),
    seen: refused('revision-went-back'),
  },
  {
    what: 'a list that is emptied',
    happens: ({ store }) => store.publish(lists()),
    seen: refused('missing-origin'),
  },
  { what: 'a store that is emptied', happens: ({ store }) => store.wipe(), seen: stale },
];

describe.each(STORES)('failures of a store: %s', (name) => {
  let stage: Stage;

  beforeEach(async () => {
    const store = await openStore(name);
    await store.publish(lists(A));
    const proxy = await Proxy.before(() => store.port);
    const events: string[] = [];
    const app = await startLive('fastify', {
      source: store.source(proxy.port),
      pollEvery: 500,
      deadline: 400,
    });
    app.live.on('rejected', ({ issues }) =>
      events.push(...issues.map(({ code }) => `rejected ${code}`)),
    );
    stage = { store, proxy, app, events };
  });

  afterEach(async () => {
    await stage.app.close();
    await stage.proxy.close();
    await stage.store.close();
  });

  it.each(FAILURES)(
    '$what: decisions stay, and the next good state is taken',
    async ({ happens, seen, ends }) => {
      const { app, store } = stage;
      expect([await app.allowed(A), await app.allowed(B)]).toEqual([true, false]);
      await happens(stage);
      await until(() => seen(stage));
      expect([await app.allowed(A), await app.allowed(B)]).toEqual([true, false]);

      await ends?.(stage);
      const revision = await persistently(() => store.publish(lists(B)));
      await until(() => app.live.status().revision === revision);
      expect(app.live.status().state).toBe('current');
      expect([await app.allowed(A), await app.allowed(B)]).toEqual([false, true]);
    },
  );
});
