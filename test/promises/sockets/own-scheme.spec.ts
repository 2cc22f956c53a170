import { Controller, Get } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { CorsModule, CorsPolicy } from 'nestjs-cors';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { APP } from '../../support/origins.js';
import { PLATFORMS, type PlatformName } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { TLS } from '../../support/tls.js';
import { startUpgradeApp } from './support/app.js';
import { gateway } from './support/gateways.js';
import { HANDSHAKE, upgrade } from './support/raw-upgrade.js';

const CORS = { policies: { app: { origin: APP, denied: 'reject' } } } as const;

@CorsPolicy('app')
@Controller('read')
class ReadController {
  @Get() read(): string {
    return 'read';
  }
}

async function startWithTls(
  platform: PlatformName,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  class RootModule {}
  const providers = [gateway('Feed', { path: '/feed' }, 'app')];
  const imports = [CorsModule.forRoot(CORS)];
  const module = { module: RootModule, imports, providers, controllers: [ReadController] };
  const options = { logger: false, abortOnError: false } as const;
  const app =
    platform === 'express'
      ? await NestFactory.create(module, new ExpressAdapter(), { ...options, httpsOptions: TLS })
      : await NestFactory.create(module, new FastifyAdapter({ https: TLS }), options);
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.listen(0, '127.0.0.1');
  return { port: (app.getHttpServer().address() as AddressInfo).port, close: () => app.close() };
}

function ask(port: number, path: string, headers: Record<string, string>): Promise<number> {
  const options = { host: '127.0.0.1', port, path, agent: false, ca: TLS.cert };
  return new Promise((resolve, reject) => {
    const asking = request({ ...options, servername: 'localhost', headers });
    asking.on('response', ({ statusCode = 0 }) => resolve(statusCode));
    asking.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asking.on('error', reject);
    asking.end();
  });
}

describe.each(PLATFORMS)('the own origin on %s', (platform) => {
  it.each([
    ['https://shop.test', true],
    ['http://shop.test', false],
    ['wss://shop.test', false],
    ['ftp://shop.test', false],
  ])('of a TLS server: %s', async (origin, own) => {
    const { port, close } = await startWithTls(platform);
    const headers = { host: 'shop.test', origin };
    expect(await ask(port, '/read', headers)).toBe(own ? 200 : 403);
    expect(await ask(port, '/feed', { ...headers, ...Object.fromEntries(HANDSHAKE) })).toBe(
      own ? 101 : 403,
    );
    await close();
  });

  it.each([
    [true, 'https', 'https://localhost', 101],
    [true, 'https', 'http://localhost', 403],
    [true, 'wss', 'http://localhost', 403],
    [true, 'http', 'https://localhost', 403],
    [true, 'ws', 'http://localhost', 101],
    [true, 'gopher', 'http://localhost', 101],
    [true, undefined, 'https://localhost', 101],
    [false, 'http', 'https://localhost', 101],
    [false, 'https', 'http://localhost', 101],
  ])('trusting %s, X-Forwarded-Proto %s: %s', async (trustProxy, proto, origin, status) => {
    const gateways = [gateway('Feed', { path: '/feed' }, 'app')];
    const running = await startUpgradeApp({ platform, cors: CORS, gateways, trustProxy });
    const { path, headers = [] } = upgrade('/feed', origin);
    const forwarded = proto === undefined ? [] : [['X-Forwarded-Proto', proto] as const];
    const answer = await send(running.port, { path, headers: [...headers, ...forwarded] }, 'head');
    expect(answer.status).toBe(status);
    await running.close();
  });
});
