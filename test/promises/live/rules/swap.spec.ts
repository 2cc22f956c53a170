import type { INestApplication } from '@nestjs/common';
import { CorsInspector, fromSource, type CorsReading } from 'nestjs-cors';
import { PLATFORMS, type PlatformName } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A, B, CODE, slowController, type LiveApp } from '../support/live-app.js';
import { Gate } from '../support/gate.js';
import { MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

/** Read only where the test says so. */
const BY_HAND = { pollEvery: 60_000, deadline: 50_000 };

/** A state that says how long preflights of its origins are remembered. */
const aged = (revision: number, origin: string, maxAge: number): CorsReading => ({
  format: 1,
  revision,
  policies: { tenants: { origin: [origin], maxAge } },
});

const IN_FLIGHT = [
  { denied: 'omit', strategy: 'hook' },
  { denied: 'omit', strategy: 'interceptor' },
  { denied: 'reject', strategy: 'hook' },
] as const;

async function revoke(source: MemorySource, { live }: LiveApp): Promise<void> {
  source.say(state(2, [B]));
  await until(() => live.status().revision === 2);
}

describe.each<PlatformName>(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  // Rule 11
  it('stay whole while the next ones are compiled, and are replaced at once', async () => {
    const gate = new Gate();
    async function* slowly(): AsyncGenerator<readonly string[]> {
      yield [B];
      await gate.pass();
      yield ['https://c.tenant.example'];
    }
    const source = new MemorySource(state(1, [A]));
    const app = await start(source, BY_HAND);
    const trusted = (): readonly string[] => app.app.get(CorsInspector).trustedOrigins();
    const at: (readonly string[])[] = [];
    app.live.on('changed', () => at.push(trusted()));
    source.say({ format: 1, revision: 2, policies: { tenants: { origin: slowly(), count: 2 } } });
    await gate.reached;
    for (const path of ['/tenants', '/tenants/derived'])
      expect([await app.allowed(A, path), await app.allowed(B, path)]).toEqual([true, false]);
    gate.open();
    await until(() => app.live.status().revision === 2);
    expect(at).toEqual([expect.arrayContaining([B, 'https://c.tenant.example'])]);
    expect(at[0]).not.toContain(A);
    for (const path of ['/tenants', '/tenants/derived'])
      expect([await app.allowed(A, path), await app.allowed(B, path)]).toEqual([false, true]);
  });

  // Rule 11: no answer is put together from two states.
  it('answer by one state, however often they change', async () => {
    const source = new MemorySource(aged(1, A, 1));
    const mayChange = ['origin', 'maxAge'];
    const { live, preflighted } = await start(source, { ...BY_HAND, mayChange });
    let revision = 1;
    const changing = setInterval(() => {
      revision += 1;
      source.say(revision % 2 === 1 ? aged(revision, A, 1) : aged(revision, B, 2));
    }, 1);
    const seen = new Set<string>();
    while (seen.size < 4 || (live.status().revision ?? 0) < 40) {
      const answers = await Promise.all([A, B].map((origin) => preflighted(origin)));
      for (const [index, { status, headers }] of answers.entries()) {
        const age = headers.find(([name]) => /max-age/i.test(name))?.[1];
        seen.add(`${['A', 'B'][index]} ${status} ${age}`);
      }
    }
    clearInterval(changing);
    expect([...seen].sort()).toEqual(
      ['A 204 1', 'A 403 undefined', 'B 204 2', 'B 403 undefined'].sort(),
    );
  });

  // Rule 12
  it.each(IN_FLIGHT)(
    'decide about a response when its head is written: $denied, $strategy',
    async ({ denied, strategy }) => {
      const source = new MemorySource(state(1, [A]));
      const gate = new Gate();
      const work = (): Promise<string> => gate.pass().then(() => 'slow');
      const description = { tenants: { denied }, strategy, controllers: [slowController(work)] };
      const app = await start(source, {}, description);
      const answer = app.get('/slow', A);
      await gate.reached;
      await revoke(source, app);
      gate.open();
      const { status, headers } = await answer;
      expect(status).toBe(200);
      expect(headers.filter(([name]) => /^access-control/i.test(name))).toEqual([]);
    },
  );

  // Rule 12: turned away early by what held then, and by what holds when its handler would run.
  it('decide again before a handler runs that turns denied origins away', async () => {
    const source = new MemorySource(state(1, [A]));
    const gate = new Gate();
    let ran = false;
    const work = async (): Promise<string> => {
      ran = true;
      return 'slow';
    };
    const app = await start(
      source,
      {},
      {
        tenants: { denied: 'reject' },
        controllers: [slowController(work)],
        configure: (nest: INestApplication) =>
          void nest.use((_request: unknown, _response: unknown, next: () => void) => {
            void gate.pass().then(next);
          }),
      },
    );
    const answer = app.get('/slow', A);
    await gate.reached;
    await revoke(source, app);
    gate.open();
    expect([(await answer).status, ran]).toEqual([403, false]);
  });

  // Rules 1 and 12: what a predicate of the code says holds for the same policy of the code.
  it('let a predicate of the code finish while a list changes', async () => {
    const source = new MemorySource(state(1, [A]));
    const gate = new Gate();
    // Start-up has its own questions, which nobody lets wait.
    const origin = async (asked: string): Promise<boolean> => {
      if (asked !== CODE) return false;
      await gate.pass();
      return true;
    };
    const policies = { app: { origin }, tenants: { origin: fromSource() } };
    const app = await start(source, {}, { options: { policies } });
    const answer = app.allowed(CODE, '/tenants/code');
    await gate.reached;
    await revoke(source, app);
    gate.open();
    expect(await answer).toBe(true);
  });
});
