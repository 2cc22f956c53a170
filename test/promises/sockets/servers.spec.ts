import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { WsAdapter } from '@nestjs/platform-ws';
import { CorsModule } from 'nestjs-cors';
import { WebSocketServer } from 'ws';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { closedPort } from '../../support/ports.js';
import { type RunningUpgradeApp, startUpgradeApp, type UpgradeApp } from './support/app.js';
import { open } from './support/client.js';
import { gateway } from './support/gateways.js';
import { sendEagerly, upgrade } from './support/raw-upgrade.js';

const POLICIES = {
  app: { origin: APP, credentials: true },
  partners: { origin: PARTNER },
} as const;

describe.each(PLATFORMS)('servers with sockets on %s', (platform) => {
  let running: RunningUpgradeApp;
  const start = async (spec: Omit<UpgradeApp, 'platform'>): Promise<number> => {
    running = await startUpgradeApp({ platform, ...spec });
    return running.port;
  };
  afterEach(() => running?.close());

  it('decides for gateways with a port of their own', async () => {
    const [bare, withPath] = [await closedPort(), await closedPort()];
    await start({
      cors: { policies: POLICIES },
      gateways: [
        gateway('Bare', { port: bare }, 'partners'),
        gateway('WithPath', { port: withPath, path: '/feed' }, 'app'),
        gateway('SamePort', { port: withPath, path: '/closed' }, false),
      ],
    });
    expect((await open(bare, '/whatever', PARTNER)).status).toBe(101);
    expect((await open(bare, '/whatever', EVIL)).status).toBe(403);
    expect((await open(withPath, '/feed', APP)).status).toBe(101);
    expect((await open(withPath, '/feed', PARTNER)).status).toBe(403);
    expect((await open(withPath, '/closed', APP)).status).toBe(403);
  });

  it('covers servers that nobody announced: GraphQL subscriptions', async () => {
    const port = await start({
      cors: { policies: POLICIES, paths: [{ path: '/graphql', policy: 'app' }] },
      configure: (app) => {
        const server = new WebSocketServer({ server: app.getHttpServer(), path: '/graphql' });
        server.on('connection', (client) => client.send('graphql'));
      },
    });
    expect(await open(port, '/graphql', APP)).toEqual({ status: 101, message: 'graphql' });
    expect((await open(port, '/graphql', EVIL)).status).toBe(403);
  });

  it('waits for a predicate and loses nothing that the client sends meanwhile', async () => {
    let asked = 0;
    const slow = async (origin: string): Promise<boolean> => {
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (origin === EVIL) throw new Error('the tenants are not to be found');
      return origin === APP;
    };
    const port = await start({
      cors: { paths: [{ path: '/echo', policy: { origin: slow } }] },
      configure: (app) => {
        const server = new WebSocketServer({ server: app.getHttpServer(), path: '/echo' });
        server.on('connection', (client) =>
          client.on('message', (data) => client.send(`echo ${String(data)}`)),
        );
      },
    });
    const atStart = asked;
    expect(await open(port, '/echo', APP, {}, 'hello')).toEqual({
      status: 101,
      message: 'echo hello',
    });
    // The frame travels in the same packet as the request, before anybody has decided.
    const eager = await sendEagerly(port, upgrade('/echo', APP), ['one', 'two'], 'echo two');
    expect(eager).toMatch(/101[^]*echo one[^]*echo two/);
    expect((await open(port, '/echo', PARTNER)).status).toBe(403);
    expect((await open(port, '/echo', EVIL)).status).toBe(403);
    expect(asked - atStart).toBe(4);
  });

  it('works in a testing module, where the server appears late', async () => {
    const port = await start({
      testing: true,
      cors: { policies: POLICIES, paths: [{ path: '/elsewhere', policy: 'app' }] },
      gateways: [gateway('Feed', { path: '/feed' }, 'partners')],
    });
    expect((await open(port, '/feed', PARTNER)).status).toBe(101);
    expect((await open(port, '/feed', EVIL)).status).toBe(403);
    expect((await open(port, '/elsewhere', EVIL)).status).toBe(403);
  });

  it('leaves servers without sockets as they are: an Upgrade header means nothing there', async () => {
    const port = await start({ cors: { default: 'app', policies: POLICIES } });
    expect((await send(port, upgrade('/', EVIL))).status).toBe(404);
  });

  it('knows its own origin behind a proxy that it trusts, and only there', async () => {
    const cors = { default: 'app', policies: POLICIES };
    const forwarded = { 'x-forwarded-host': 'shop.example' };
    const gateways = [gateway('Feed', { path: '/feed' }, 'app')];
    let port = await start({ cors, gateways, trustProxy: true });
    expect((await open(port, '/feed', 'https://shop.example', forwarded)).status).toBe(101);
    expect((await open(port, '/feed', EVIL, forwarded)).status).toBe(403);
    await running.close();
    port = await start({ cors, gateways });
    expect((await open(port, '/feed', 'https://shop.example', forwarded)).status).toBe(403);
  });
});

it('decides for the gateways of a microservice, which has no HTTP platform', async () => {
  const [port, own] = [await closedPort(), await closedPort()];
  const providers = [gateway('Feed', { port: own }, 'app')];
  @Module({ imports: [CorsModule.forRoot({ policies: POLICIES })], providers })
  class ServiceModule {}
  const options = { transport: Transport.TCP as const, options: { host: '127.0.0.1', port } };
  const service = await NestFactory.createMicroservice(ServiceModule, {
    ...options,
    logger: false,
  });
  service.useWebSocketAdapter(new WsAdapter(service));
  await service.listen();
  expect((await open(own, '/', APP)).status).toBe(101);
  expect((await open(own, '/', EVIL)).status).toBe(403);
  await service.close();
});
