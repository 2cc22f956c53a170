import { CorsConfigurationError, CorsModule, type CorsModuleOptions } from 'nestjs-cors';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { startApp } from '../../support/test-app.js';

const APP = 'https://app.example.com';

describe.each(PLATFORMS)('an application on %s that cannot be right', (platform) => {
  /** The error that it is refused with. */
  async function refusal(cors: CorsModuleOptions): Promise<CorsConfigurationError> {
    const error = await startApp(createAdapter(platform), { cors }).then(
      ({ close }) => close(),
      (thrown: unknown) => thrown,
    );
    if (error instanceof CorsConfigurationError) return error;
    throw new Error('it was not refused', { cause: error });
  }

  it('is told every mistake at once', async () => {
    const { issues } = await refusal({
      default: 'nobody',
      policies: { a: { origin: 'null', maxAge: -5 }, b: { origin: '*', credentials: true } },
    });
    expect(issues.map(({ code, where }) => `${where}: ${code}`).sort()).toEqual([
      'default: unknown-policy',
      'policies.a.maxAge: max-age-out-of-range',
      'policies.a.origin: null-origin',
      'policies.b: wildcard-with-credentials',
    ]);
  });

  it('is told places and codes in the message, and finds the value', async () => {
    const { message, issues } = await refusal({
      default: { origin: [APP, 'https://App.example.com'] },
    });
    expect(message).toMatch(
      /^1 mistake in the CORS configuration\n {2}default\.origin\[1\]\n {4}.*write 'https:\/\/app\.example\.com'.*invalid-origin\)$/,
    );
    expect(issues[0]?.value).toBe('https://App.example.com');
    expect(Object.isFrozen(issues)).toBe(true);
  });
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
