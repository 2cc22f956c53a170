import { Controller, Get } from '@nestjs/common';
import type { Server } from 'node:http';
import { Server as SocketIoServer } from 'socket.io';
import { io } from 'socket.io-client';
import { CorsPolicy, type CorsModuleOptions } from 'nestjs-cors';
import { corsLines } from '../../support/observe.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { type RawResponse, send } from '../../support/raw.js';
import { type RunningUpgradeApp, startUpgradeApp } from './support/app.js';

const POLICIES = {
  app: { origin: APP, credentials: true },
  partners: { origin: [APP, PARTNER], exposedHeaders: 'X-Total' },
} as const;
const BY_DEFAULT: CorsModuleOptions = { default: 'app', policies: POLICIES };
const AWAY: CorsModuleOptions = {
  ...BY_DEFAULT,
  paths: [{ path: '/socket.io/*rest', policy: 'passthrough' }],
};

@CorsPolicy('partners')
@Controller('prices')
class Prices {
  @Get() list(): string {
    return 'prices';
  }
}

/** Says a word over a connection of its own kind, as a page of that origin would, and returns the answer. */
function say(port: number, origin: string, transport: 'polling' | 'websocket'): Promise<string> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: [transport],
    extraHeaders: { origin },
    reconnection: false,
    forceNew: true,
  });
  return new Promise<string>((resolve) => {
    socket.on('connect', () => socket.emit('say', 'hello', resolve));
    socket.on('connect_error', ({ message }) => resolve(message));
  }).finally(() => socket.disconnect());
}

describe.each(PLATFORMS)('socket.io attached by hand on %s', (platform) => {
  let running: RunningUpgradeApp;
  let heard: string[];
  const start = async (cors = BY_DEFAULT, attaches = true): Promise<number> => {
    heard = [];
    running = await startUpgradeApp({
      platform,
      cors,
      controllers: [Prices],
      configure: (app) => {
        if (!attaches) return;
        const server = new SocketIoServer(app.getHttpServer() as Server, {
          cors: { origin: PARTNER },
        });
        server.on('connection', (client) =>
          client.on('say', (word: string, answer: (heard: string) => void) => {
            heard.push(word);
            answer(`heard ${word}`);
          }),
        );
      },
    });
    return running.port;
  };
  afterEach(() => running?.close());

  const ask = (port: number, path: string, origin: string): Promise<RawResponse> =>
    send(port, { path, headers: [['Origin', origin]] });
  const POLL = '?EIO=4&transport=polling';

  it.each(['polling', 'websocket'] as const)('hears whom the policy lets in, by %s', async (by) => {
    const port = await start();
    expect(await say(port, APP, by)).toBe('heard hello');
    expect(heard).toEqual(['hello']);
    for (const origin of [EVIL, PARTNER])
      expect(await say(port, origin, by)).toBe(
        by === 'polling' ? 'xhr poll error' : 'websocket error',
      );
    expect(heard).toEqual(['hello']);
  });

  it('is answered with the headers of the policy, whatever `cors` it has', async () => {
    const port = await start();
    expect(corsLines(await ask(port, `/socket.io/${POLL}`, APP))).toEqual([
      'access-control-allow-credentials: true',
      `access-control-allow-origin: ${APP}`,
    ]);
  });

  it('is left to its own `cors` by passthrough, and without a policy', async () => {
    for (const cors of [AWAY, { policies: POLICIES }]) {
      const port = await start(cors);
      expect(corsLines(await ask(port, `/socket.io/${POLL}`, PARTNER))).toEqual([
        `access-control-allow-origin: ${PARTNER}`,
      ]);
      await running.close();
    }
  });

  it('hands on what is for a handler, which answers under its own policy', async () => {
    const port = await start();
    const answer = await ask(port, '/prices?transport=polling', APP);
    expect(answer.body).toBe('prices');
    expect(corsLines(answer)).toEqual([
      `access-control-allow-origin: ${APP}`,
      'access-control-expose-headers: X-Total',
    ]);
  });

  it('is nowhere: a request that looks like its own is like every other', async () => {
    const port = await start(BY_DEFAULT, false);
    expect((await ask(port, '/prices?transport=polling', PARTNER)).body).toBe('prices');
    expect((await ask(port, '/prices?transport=polling', EVIL)).body).toBe('prices');
  });
});
