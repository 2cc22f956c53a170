import type { LoggerService, Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import type { Server, ServerOptions } from 'socket.io';
import { CorsModule, type CorsModuleOptions } from 'nestjs-cors';
import { CollectedLog } from '../../support/log.js';
import { APP, EVIL } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { closedPort } from '../../support/ports.js';
import { startUpgradeApp, type UpgradeApp } from './support/app.js';
import { open } from './support/client.js';
import { gateway } from './support/gateways.js';

const DASHBOARD = 'https://dashboard.example.com';
const cors = { origin: DASHBOARD, credentials: true };
const POLICIES = { app: { origin: APP } };
const BY_DEFAULT: CorsModuleOptions = { default: 'app', policies: POLICIES };
const BY_PATH: CorsModuleOptions = {
  policies: POLICIES,
  paths: [{ path: '/socket.io/*rest', policy: 'app' }],
};
const AWAY: CorsModuleOptions = {
  default: 'app',
  policies: POLICIES,
  paths: [{ path: '/socket.io/*rest', policy: 'passthrough' }],
};

class OwnAdapter extends IoAdapter {
  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, { ...options, cors } as ServerOptions) as Server;
  }
}

const useOwnAdapter: NonNullable<UpgradeApp['configure']> = (app) =>
  void app.useWebSocketAdapter(new OwnAdapter(app));

const POLL = '/socket.io/?EIO=4&transport=polling';

describe.each(PLATFORMS)('cors of sockets on %s', (platform) => {
  const start = (
    given: CorsModuleOptions,
    gateways: Provider[],
    more: Partial<UpgradeApp> = {},
  ): ReturnType<typeof startUpgradeApp> =>
    startUpgradeApp({ platform, sockets: 'socket.io', cors: given, gateways, ...more });
  const own = (): Provider[] => [gateway('Chat', { cors })];
  const plain = (policy?: string): Provider[] => [gateway('Chat', {}, policy)];

  it.each<[string, CorsModuleOptions, Provider[], Partial<UpgradeApp>, string, RegExp]>([
    ['a gateway under default', BY_DEFAULT, own(), {}, 'Chat', /"app" \(default\).*'passthrough'/],
    ['a gateway under paths', BY_PATH, own(), {}, 'Chat', /"app" \(paths\[0\]\).*'passthrough'/],
    [
      'a gateway by ws',
      BY_DEFAULT,
      [gateway('Feed', { path: '/feed', cors })],
      { sockets: 'ws' },
      'Feed',
      /"\/feed\/\*rest"/,
    ],
    [
      'a namespace',
      BY_DEFAULT,
      [gateway('Chat', { namespace: 'chat', cors })],
      {},
      'Chat',
      /default/,
    ],
    [
      'an adapter under default',
      BY_DEFAULT,
      plain(),
      { configure: useOwnAdapter },
      'OwnAdapter',
      /"app" \(default\)/,
    ],
    [
      'an adapter under a decorator',
      { policies: POLICIES },
      plain('app'),
      { configure: useOwnAdapter },
      'OwnAdapter',
      /"app" \(of Chat\); remove `cors`, its options are those of a policy$/,
    ],
  ])('%s: refused', async (_name, given, gateways, more, where, message) => {
    await expect(start(given, gateways, more)).rejects.toMatchObject({
      issues: [{ code: 'second-cors-layer', where, message: expect.stringMatching(message) }],
    });
  });

  it.each<[string, CorsModuleOptions, Provider[], Partial<UpgradeApp>]>([
    ['no policy', { policies: POLICIES }, own(), {}],
    ['passthrough, as the message proposes', AWAY, own(), {}],
    ['an adapter, and no policy', { policies: POLICIES }, plain(), { configure: useOwnAdapter }],
  ])('%s: holds', async (_name, given, gateways, more) => {
    const { port, close } = await start(given, gateways, more);
    const headers = [['Origin', DASHBOARD]] as const;
    const answer = await send(port, { path: POLL, headers });
    expect(answer.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`)).toContain(
      `access-control-allow-origin: ${DASHBOARD}`,
    );
    await close();
  });

  it('headers that the server sets all the same are reported once, with the gateway', async () => {
    const configure: UpgradeApp['configure'] = (app) => {
      class Late extends IoAdapter {
        override createIOServer(port: number, options?: ServerOptions): Server {
          const server = super.createIOServer(port, options) as Server;
          server.engine.on('headers', (headers: Record<string, string>) => {
            headers['Access-Control-Allow-Origin'] = '*';
          });
          return server;
        }
      }
      app.useWebSocketAdapter(new Late(app));
    };
    const { port, close } = await start({ policies: POLICIES }, plain('app'), { configure });
    const log = new CollectedLog();
    for (let count = 0; count < 3; count += 1)
      await send(port, { path: POLL, headers: [['Origin', APP]] });
    const lines = log.take().filter((line) => line.includes('upstream-override'));
    expect(lines).toEqual([
      expect.stringMatching(/^Chat: .*access-control-allow-origin of its own/),
    ]);
    log.silence();
    await close();
  });
});

describe('in a microservice', () => {
  const start = async (
    options: CorsModuleOptions,
    provider: Provider,
  ): Promise<() => Promise<void>> => {
    class ServiceModule {}
    const module = {
      module: ServiceModule,
      imports: [CorsModule.forRoot(options)],
      providers: [provider],
    };
    const service = await NestFactory.createMicroservice(module, {
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port: await closedPort() },
      logger: false satisfies false | LoggerService,
      abortOnError: false,
    });
    service.useWebSocketAdapter(new WsAdapter(service));
    try {
      await service.listen();
    } catch (error) {
      await service.close();
      throw error;
    }
    return () => service.close();
  };

  it('default decides about gateways without a decorator, and their cors is refused', async () => {
    const port = await closedPort();
    const close = await start(BY_DEFAULT, gateway('Feed', { port }));
    expect((await open(port, '/', APP)).status).toBe(101);
    expect((await open(port, '/', EVIL)).status).toBe(403);
    await close();
    await expect(
      start(BY_DEFAULT, gateway('Feed', { port: await closedPort(), cors })),
    ).rejects.toMatchObject({
      issues: [{ code: 'second-cors-layer', where: 'Feed' }],
    });
  });
});
