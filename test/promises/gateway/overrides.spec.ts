import { Controller, Get, Header, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { CorsModule, CorsPolicy, type CorsModuleOptions } from 'nestjs-cors';
import { APP } from '../../support/origins.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { useFastifyProxy, useProxyMiddleware } from './support/transports.js';
import { closedPort } from '../../support/ports.js';
import { Upstream } from '../../support/upstream.js';

@CorsPolicy('app')
@Controller('own')
class OwnController {
  @Header('Access-Control-Allow-Origin', '*') @Get(':id') one(): string {
    return 'own';
  }
  @Get('clean/:id') clean(): string {
    return 'clean';
  }
}

const OPTIONS: CorsModuleOptions = {
  default: { origin: APP },
  policies: { app: { origin: APP, credentials: true } },
  paths: [
    { path: '/orders/*rest', policy: 'app' },
    { path: ['/catalogue/*rest', '/search/*rest'], policy: 'app', keepExposedHeaders: true },
    { path: '/legacy/*rest', policy: 'passthrough' },
  ],
};

describe.each(PLATFORMS)('CORS headers of an upstream on %s', (platform) => {
  it('are reported once per route, entry and default, with their names', async () => {
    const upstream = await new Upstream().listen();
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const logger = { log() {}, error() {}, warn } satisfies LoggerService;
    class RootModule {}
    const imports = [CorsModule.forRoot(OPTIONS)];
    const module = { module: RootModule, imports, controllers: [OwnController] };
    const app = await NestFactory.create(module, createAdapter(platform), { logger });
    const backends = { upstream: upstream.url, closed: await closedPort(), service: 0 };
    if (platform === 'express') useProxyMiddleware(app, backends);
    else await useFastifyProxy(app, backends);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const paths = ['/own/1', '/own/clean/1', '/orders/1', '/search/1', '/legacy/1', '/billing/1'];
    for (const path of [...paths, ...paths, '/own/2', '/orders/2?x=/y', '/billing/2'])
      await send(port, { path, headers: [['Origin', APP]] });
    await app.close();
    await upstream.close();
    const reports = warnings.filter((message) => message.includes('upstream-override'));
    expect(reports.map((message) => message.split(' replaces')[0])).toEqual([
      'OwnController.one: the response came with access-control-allow-origin of its own, and policy "app"',
      expect.stringMatching(/^paths\[0\] \(\/orders\): .*access-control-max-age of its own/),
      expect.stringMatching(/^paths\[1\] \(\/search\): /),
      expect.stringMatching(/^default: /),
    ]);
  });
});

describe('keepExposedHeaders', () => {
  it.each([
    ['invalid-option-type', { policy: 'app', keepExposedHeaders: 'yes' as never }],
    ['option-without-effect', { policy: false, keepExposedHeaders: true }],
    ['option-without-effect', { policy: 'passthrough', keepExposedHeaders: true }],
  ] as const)('%s', (code, entry) => {
    const paths = [{ path: '/orders/*rest', ...entry }];
    const { errors } = CorsModule.validate({ policies: { app: { origin: APP } }, paths });
    expect(errors).toMatchObject([{ code, where: 'paths[0].keepExposedHeaders' }]);
  });
});
