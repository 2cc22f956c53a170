import 'reflect-metadata';
import { Module, type ModuleMetadata } from '@nestjs/common';
import { CorsConfigurationError, CorsModule, type CorsModuleOptions } from 'nestjs-cors';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { NestFactory } from '@nestjs/core';

const APP = 'https://app.example.com';

/** The options that a message says to write for `forRoot()`. */
function advised(message: string): CorsModuleOptions {
  const [, call = ''] = /CorsModule\.forRoot\((\{.*\})\)/.exec(message) ?? [];
  // The advice is code, and is run as such.
  return new Function(`return ${call}`)() as CorsModuleOptions;
}

describe('options written where app.enableCors() takes them', () => {
  it.each([
    { origin: APP },
    { origin: APP, credentials: true },
    { origin: [APP, 'https://*.example.org'], methods: 'PUT, DELETE', maxAge: 60 },
    { origin: /^https:\/\/[a-z]+\.example\.com$/, exposedHeaders: ['X-Total'] },
    { origin: false },
  ])('%j: the call that is printed means them, and passes', (options) => {
    const { errors } = CorsModule.validate(options as CorsModuleOptions);
    expect(errors).toHaveLength(1);
    const advice = advised(errors[0]?.message ?? '');
    expect(advice).toEqual({ default: options });
    expect(CorsModule.validate(advice).errors).toEqual([]);
  });

  it.each([
    [{ origin: true }, /where it would not pass yet: .*everyone/],
    [{ credentials: true }, /where it would not pass yet: .*name at least one/],
    [
      { origin: `${APP}/`, credentials: true },
      /where it would not pass yet: .*write 'https:\/\/app\.example\.com'/,
    ],
    [
      { default: { origin: APP }, maxAge: 60 },
      /move what you wrote to `default`, or to the policy that is meant, \{ …, maxAge: 60 \}/,
    ],
  ])('%j: what is wrong with them is said as well', (options, message) => {
    const { errors } = CorsModule.validate(options as CorsModuleOptions);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(message)]);
  });
});

describe.each(PLATFORMS)('CorsModule without options, on %s', (platform) => {
  async function started({ imports = [] }: ModuleMetadata): Promise<unknown> {
    class Root {}
    Module({ imports })(Root);
    const options = { abortOnError: false, logger: false } as const;
    const app = await NestFactory.create(Root, createAdapter(platform), options);
    await app.init();
    return app.close();
  }

  class Feature {}
  Module({ imports: [CorsModule] })(Feature);
  class OwnModule extends CorsModule {}
  const configured = CorsModule.forRoot({ default: { origin: APP } });

  it.each([
    ['alone', [CorsModule]],
    ['beside forRoot()', [configured, CorsModule]],
    ['in a feature, beside forRoot() in the root', [configured, Feature]],
    ['in a feature that is imported first', [Feature, configured]],
    ['as a subclass', [OwnModule]],
  ])('%s: the error says what to write', async (_, imports) => {
    const error: unknown = await started({ imports }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CorsConfigurationError);
    const { issues } = error as CorsConfigurationError;
    expect(issues).toEqual([
      expect.objectContaining({ code: 'invalid-options', where: 'CorsModule' }),
    ]);
    expect(CorsModule.validate(advised(issues[0]?.message ?? '')).errors).toEqual([]);
  });

  it('forRoot() and forRootAsync() bring theirs', async () => {
    await expect(started({ imports: [configured] })).resolves.toBeUndefined();
    const useFactory = (): CorsModuleOptions => ({ default: { origin: APP } });
    const later = CorsModule.forRootAsync({ useFactory });
    await expect(started({ imports: [later] })).resolves.toBeUndefined();
  });
});

it.each([undefined, {}, { default: { origin: APP } }])(
  'forRootAsync(%j) has nowhere to take options from',
  (options) => {
    expect(() => CorsModule.forRootAsync(options as never)).toThrow(
      /none of `useFactory`, `useClass` and `useExisting`.*write CorsModule\.forRootAsync/,
    );
  },
);
