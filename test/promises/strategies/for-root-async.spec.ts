import { Injectable, Module } from '@nestjs/common';
import {
  CorsModule,
  type CorsModuleAsyncOptions,
  type CorsModuleOptions,
  type CorsOptionsFactory,
} from 'nestjs-cors';
import { corsLines } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { get, preflight } from '../../support/row.js';
import { startApp, startTestingApp } from '../../support/test-app.js';
import { OPTIONS, READABLE, GRANT, boot, closeDoors } from './support/door.js';

closeDoors();

@Injectable()
class Settings {
  readonly origin = APP;
}

@Injectable()
class SettingsOptions implements CorsOptionsFactory {
  async createCorsOptions(): Promise<CorsModuleOptions> {
    return { default: { origin: APP } };
  }
}

@Module({ providers: [Settings, SettingsOptions], exports: [Settings, SettingsOptions] })
class SettingsModule {}

describe('forRootAsync()', () => {
  const ways: readonly [name: string, options: CorsModuleAsyncOptions][] = [
    ['useFactory', { useFactory: () => OPTIONS }],
    ['useFactory, asynchronous', { useFactory: async () => OPTIONS }],
    [
      'useFactory, inject and imports',
      {
        imports: [SettingsModule],
        inject: [Settings],
        useFactory: ({ origin }: Settings) => ({ default: { origin } }),
      },
    ],
    ['useClass', { useClass: SettingsOptions }],
    ['useExisting', { imports: [SettingsModule], useExisting: SettingsOptions }],
  ];

  describe.each(MATRIX)('$title', ({ platform, strategy }) => {
    it.each(ways)('%s', async (_name, options) => {
      const cors = CorsModule.forRootAsync({ ...options, strategy });
      for (const start of [startApp, startTestingApp]) {
        const port = await boot(createAdapter(platform), { cors }, start);
        expect(corsLines(await send(port, preflight('/door', 'PUT')))).toEqual(GRANT);
        expect(corsLines(await send(port, get('/door', APP)))).toEqual(READABLE);
        expect(corsLines(await send(port, get('/door', EVIL)))).toEqual([]);
      }
    });
  });

  it("a strategy in the factory's options is refused: it would come too late", async () => {
    const options = { default: { origin: APP }, strategy: 'interceptor' } as CorsModuleOptions;
    const cors = CorsModule.forRootAsync({ useFactory: () => options });
    await expect(boot(createAdapter('express'), { cors })).rejects.toMatchObject({
      issues: [{ code: 'refused-option', where: 'CorsModule', value: 'strategy' }],
    });
  });
});
