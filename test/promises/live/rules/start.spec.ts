import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CorsLive, CorsModule, fromSource } from 'nestjs-cors';
import { createAdapter, PLATFORMS } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A, CODE } from '../support/live-app.js';
import { down, MemorySource, never, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

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
    const { live, get, allowed } = await start(source, { startUp: 'closed' });
    expect(live.status()).toMatchObject({ state: 'closed' });
    const { headers } = await get('/tenants', A);
    expect(
      headers.filter(([name]) => /^access-control|^vary$/i.test(name)).map(([, value]) => value),
    ).toEqual(['Origin']);
    source.say(state(1, [A]));
    await until(() => live.status().state === 'current');
    expect(await allowed(A)).toBe(true);
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
