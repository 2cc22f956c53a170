import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorsInspector, CorsLive, CorsModule, fromSource, type CorsReading } from 'nestjs-cors';
import { CollectedLog } from '../../support/log.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { A, B, CODE, slowController, startLive, until, type LiveApp } from './support/live-app.js';
import { MemorySource, state } from './support/memory-source.js';

const SOON = { pollEvery: 500, deadline: 300, startTimeout: 600 };
const never = (): Promise<CorsReading> => new Promise(() => undefined);
const down = (): never => {
  throw new Error('connection refused');
};

/** States that are refused whole. Of rules 1, 2 and 9. */
const REFUSED: readonly [what: string, policies: object, refused: string][] = [
  ['a policy of the code', { tenants: { origin: [A] }, app: { origin: [A] } }, 'unknown-policy live.app'],
  ['no list', {}, 'missing-origin live.tenants'],
  ['an empty list', { tenants: { origin: [] } }, 'missing-origin live.tenants.origin'],
  ['an option of the code', { tenants: { origin: [A], credentials: false } }, 'unknown-option live.tenants'],
  ['an option that may not change', { tenants: { origin: [A], maxAge: 5 } }, 'unknown-option live.tenants'],
  ['a danger', { tenants: { origin: [A, 'http://b.example'] } }, 'insecure-origin-with-credentials live.tenants.origin[1]'],
  ['a danger that accepts itself', { tenants: { origin: [A], dangerouslyAllow: ['public-suffix-wildcard'] } }, 'unknown-option live.tenants'],
  ['everyone', { tenants: { origin: '*' } }, 'invalid-origin-type live.tenants.origin'],
  ['null', { tenants: { origin: [A, 'null'] } }, 'null-origin live.tenants.origin[1]'],
  ['one bad origin among many', { tenants: { origin: [...Array.from({ length: 400 }, (_, index) => `https://t${index}.example`), 'https://x.example/'] } }, 'invalid-origin live.tenants.origin[400]'],
  ['fewer pages than announced', { tenants: { origin: pages([A]), count: 2 } }, 'invalid-snapshot live.tenants.origin'],
  ['more than a million', { tenants: { origin: pages([A]), count: 1_000_001 } }, 'list-too-long live.tenants.origin'],
]; // prettier-ignore

async function* pages(...origins: string[][]): AsyncGenerator<readonly string[]> {
  yield* origins;
}

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  let app: LiveApp | undefined;
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cors-live-'));
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await rm(folder, { recursive: true });
  });

  async function start(
    source: MemorySource,
    more: object = {},
    description: object = {},
  ): Promise<LiveApp> {
    app = await startLive(platform, { source, ...SOON, ...more }, description);
    return app;
  }

  it.each(REFUSED)('refuse %s, and stay as they were', async (_, policies, refused) => {
    const source = new MemorySource(state(1, [A]));
    const { live, allowed } = await start(source);
    const seen: string[] = [];
    live.on('rejected', ({ issues }) =>
      seen.push(...issues.map(({ code, where }) => `${code} ${where}`)),
    );
    source.say({ format: 1, revision: 2, policies } as unknown as CorsReading);
    await until(() => live.status().rejected === 1);
    expect(seen).toContain(refused);
    expect([live.status().revision, await allowed(A)]).toEqual([1, true]);
  });

  // Rule 1: widened by the code, and by nobody else.
  it('change what mayChange names', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, preflighted } = await start(source, { mayChange: ['origin', 'maxAge'] });
    source.say({ format: 1, revision: 2, policies: { tenants: { origin: [A], maxAge: 5 } } });
    await until(() => live.status().revision === 2);
    const { headers } = await preflighted(A);
    expect(headers.find(([name]) => /max-age/i.test(name))?.[1]).toBe('5');
  });

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

  it('refuse a change that leaves a list empty', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, allowed } = await start(source);
    source.say({ format: 1, revision: 2, since: 1, changes: { tenants: { remove: [A] } } });
    await until(() => live.status().rejected === 1);
    expect(await allowed(A)).toBe(true);
  });

  // Rule 9: policies that extend a live one are judged with the list as well.
  it('are judged in every policy that extends them', async () => {
    const tenants = { credentials: false };
    const policies = {
      tenants: { origin: fromSource(), ...tenants },
      trusting: { extends: 'tenants', credentials: true },
    };
    const source = new MemorySource(state(1, [A]));
    const { live } = await start(
      source,
      {},
      { options: { policies: { app: { origin: CODE }, ...policies } } },
    );
    const places: string[] = [];
    live.on('rejected', ({ issues }) => places.push(...issues.map(({ where }) => where)));
    source.say(state(2, ['http://plain.example']));
    await until(() => live.status().rejected === 1);
    expect(places).toEqual(['policies.trusting.extends']);
  });

  // Rule 10
  it('log a refusal once for each code and revision', async () => {
    const source = new MemorySource(state(5, [A]));
    const { live } = await start(source);
    const log = new CollectedLog();
    source.answer = () => state(4, [B]);
    for (let poll = 0; poll < 3; poll += 1) await live.reconcile();
    const lines = log.take().filter((line) => line.includes('revision-went-back'));
    log.silence();
    expect([lines.length, live.status().rejected]).toEqual([1, 1]);
  });

  // Rule 12
  it.each(['omit', 'reject'] as const)(
    'decide about a response when its head is written: %s',
    async (denied) => {
      const source = new MemorySource(state(1, [A]));
      let finish = (): void => undefined;
      let running = (): void => undefined;
      const begun = new Promise<void>((resolve) => (running = resolve));
      const { live, get } = await start(
        source,
        {},
        {
          tenants: { denied },
          controllers: [
            slowController(
              () =>
                new Promise<string>((resolve) => {
                  running();
                  finish = () => resolve('slow');
                }),
            ),
          ],
        },
      );
      const answer = get('/slow', A);
      await begun;
      source.say(state(2, [B]));
      await until(() => live.status().revision === 2);
      finish();
      const { status, headers } = await answer;
      expect(status).toBe(200);
      expect(headers.filter(([name]) => /^access-control/i.test(name))).toEqual([]);
    },
  );

  // Rule 16
  it('fail the start on a bad state, with every mistake', async () => {
    await expect(start(new MemorySource(state(1, ['null', 'https://x/'])))).rejects.toMatchObject({
      name: 'CorsConfigurationError',
      issues: [{ where: 'live.tenants.origin[0]' }, { where: 'live.tenants.origin[1]' }],
    });
  });

  it.each([
    ['does not answer', never],
    ['is down', down],
    ['is empty', () => null],
  ])('fail the start where the source %s', async (_, answer) => {
    const source = new MemorySource(answer);
    await expect(start(source)).rejects.toMatchObject({
      name: 'CorsSourceError',
      source: 'memory',
    });
    expect(source.closed).toBe(1);
  });

  it('deny everyone until the source answers, where that is wanted', async () => {
    const source = new MemorySource(down);
    const { live, get } = await start(source, { startUp: 'closed' });
    expect(live.status()).toMatchObject({ state: 'closed' });
    const { headers } = await get('/tenants', A);
    expect(
      headers.filter(([name]) => /^access-control|^vary$/i.test(name)).map(([, value]) => value),
    ).toEqual(['Origin']);
    source.say(state(1, [A]));
    await until(() => live.status().state === 'current');
    expect(await app?.allowed(A)).toBe(true);
  });

  // Rule 17
  it('start from the last known good file where nobody answers, and from no broken one', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    const first = await start(new MemorySource(state(3, [A, 'https://*.b.example'])), {
      lastKnownGood,
    });
    await first.close();
    expect((await stat(lastKnownGood)).mode & 0o777).toBe(0o600);
    const second = await start(new MemorySource(down), { lastKnownGood });
    expect(second.live.status()).toMatchObject({ state: 'stale', from: 'file', revision: 3 });
    expect([
      await second.allowed(A),
      await second.allowed('https://x.b.example'),
      await second.allowed(B),
    ]).toEqual([true, true, false]);
    await second.close();
    const text = await readFile(lastKnownGood, 'utf8');
    await writeFile(lastKnownGood, text.replace(A, B));
    await expect(start(new MemorySource(down), { lastKnownGood })).rejects.toMatchObject({
      name: 'CorsSourceError',
    });
    app = undefined;
  });

  it('prefer a source that answers to the file', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    await (await start(new MemorySource(state(3, [A])), { lastKnownGood })).close();
    const { live } = await start(new MemorySource(state(2, [B])), { lastKnownGood });
    expect(live.status()).toMatchObject({ state: 'current', from: 'source', revision: 2 });
  });

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

  it('tell the inspector and the channel which revision decides', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, app: nest } = await start(source);
    const messages: unknown[] = [];
    const listener = (message: unknown): void => void messages.push(message);
    subscribe('nestjs-cors:live', listener);
    source.say(state(2, [B]));
    await until(() => live.status().revision === 2);
    unsubscribe('nestjs-cors:live', listener);
    expect(messages).toEqual([{ event: 'changed', source: 'memory', revision: 2, from: 'source' }]);
    expect(nest.get(CorsInspector).trustedOrigins()).toEqual(expect.arrayContaining([B]));
    expect(nest.get(CorsInspector).trustedOrigins()).not.toContain(A);
    const decides = { source: 'memory', revision: 2 };
    const { policies, ...manifest } = nest.get(CorsInspector).manifest();
    expect([manifest.live, policies['tenants']?.origin]).toEqual([decides, [B]]);
    const explained = await nest.get(CorsInspector).explain('GET', '/tenants', A);
    expect([explained.live, explained.originAllowed]).toEqual([decides, false]);
    expect(await nest.get(CorsInspector).explain('GET', '/tenants/code', A)).not.toHaveProperty(
      'live',
    );
  });

  it.each(['an application context', 'preview mode'])('read nothing in %s', async (kind) => {
    const source = new MemorySource(state(1, [A]));
    const policies = { tenants: { origin: fromSource() } };
    class Root {}
    Module({ imports: [CorsModule.forRoot({ default: 'tenants', policies, live: { source } })] })(
      Root,
    );
    const options = { logger: false, abortOnError: false } as const;
    const made =
      kind === 'preview mode'
        ? await NestFactory.create(Root, createAdapter(platform), { ...options, preview: true })
        : await NestFactory.createApplicationContext(Root, options);
    await made.init();
    await made.close();
    expect(source.reads).toEqual([]);
  });

  it('are current where there are none', async () => {
    class Root {}
    Module({ imports: [CorsModule.forRoot({ default: { origin: CODE } })] })(Root);
    const made = await NestFactory.create(Root, createAdapter(platform), { logger: false });
    await made.init();
    expect(made.get(CorsLive).status()).toEqual({
      state: 'current',
      from: 'source',
      staleFor: 0,
      rejected: 0,
    });
    await made.close();
  });
});
