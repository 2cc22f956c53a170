import type { AbstractHttpAdapter } from '@nestjs/core';
import { CorsConfigurationError, CorsModule } from 'nestjs-cors';
import { CustomAdapter, START_UP, type Start } from './boots.table.js';
import { APP } from '../../support/origins.js';
import { createAdapter, type PlatformName, PLATFORMS } from '../../support/platforms.js';
import { startApp } from '../../support/test-app.js';

/** Starts an application and stops it again; what went wrong is returned. */
async function start(
  { strategy = 'hook', production, customAdapter, ...description }: Start,
  platform: PlatformName,
): Promise<unknown> {
  const before = process.env['NODE_ENV'];
  if (production) process.env['NODE_ENV'] = 'production';
  const adapter: AbstractHttpAdapter = customAdapter
    ? new CustomAdapter()
    : createAdapter(platform);
  try {
    const running = await startApp(adapter, description, strategy);
    await running.close();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    process.env['NODE_ENV'] = before;
  }
}

describe.each(PLATFORMS)('start-up on %s', (platform) => {
  it.each(START_UP)('$code at $where', async ({ code, where, wrong, right }) => {
    const error = await start(wrong, platform);
    expect(error).toBeInstanceOf(CorsConfigurationError);
    const { issues } = error as CorsConfigurationError;
    expect(issues.map((issue) => ({ code: issue.code, where: issue.where }))).toContainEqual({
      code,
      where,
    });
    expect(issues.find((issue) => issue.code === code)?.message).toMatch(/\S/);
    expect(await start(right, platform)).toBeUndefined();
  });
});

describe('start-up', () => {
  it('collects every mistake and throws once', async () => {
    const error = await start(
      {
        cors: {
          default: 'nobody',
          policies: { a: { origin: 'null', maxAge: -5 }, b: { origin: '*', credentials: true } },
        },
      },
      'express',
    );
    expect(
      (error as CorsConfigurationError).issues.map(({ code, where }) => `${where}: ${code}`).sort(),
    ).toEqual([
      'default: unknown-policy',
      'policies.a.maxAge: max-age-out-of-range',
      'policies.a.origin: null-origin',
      'policies.b: wildcard-with-credentials',
    ]);
  });

  it('names places and codes in its message, and keeps the value', async () => {
    const error = (await start(
      { cors: { default: { origin: [APP, 'https://App.example.com'] } } },
      'express',
    )) as CorsConfigurationError;
    expect(error.message).toMatch(
      /^1 mistake in the CORS configuration\n {2}default\.origin\[1\]\n {4}.*write 'https:\/\/app\.example\.com'.*invalid-origin\)$/,
    );
    expect(error.issues[0]?.value).toBe('https://App.example.com');
    expect(Object.isFrozen(error.issues)).toBe(true);
  });

  it('dangerouslyAllow accepts a named risk and no other mistake', () => {
    const { errors } = CorsModule.validate({
      default: {
        origin: 'https://codepen.io',
        credentials: true,
        dangerouslyAllow: ['shared-hosting-origin'],
      },
      policies: {
        b: { origin: '*', credentials: true, dangerouslyAllow: ['reflects-every-origin'] },
      },
    });
    expect(errors.map(({ code }) => code)).toEqual(['wildcard-with-credentials']);
  });
});
