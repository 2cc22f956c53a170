import type { Provider } from '@nestjs/common';
import { io } from 'socket.io-client';
import { corsLines, values, varyNames } from '../../support/observe.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { type HeaderLine, type RawResponse, send } from '../../support/raw.js';
import { closedPort } from '../../support/ports.js';
import { type RunningUpgradeApp, startUpgradeApp, type UpgradeApp } from './support/app.js';
import { gateway } from './support/gateways.js';

const POLICIES = {
  app: { origin: APP, credentials: true },
  partners: { origin: PARTNER },
} as const;

type TransportName = 'websocket' | 'polling';

/** Joins a namespace as a page of that origin would; the pong of its gateway, or the error that the page sees. */
function join(
  port: number,
  namespace: string,
  origin: string | undefined,
  transport: TransportName,
  path = '/socket.io',
): Promise<string> {
  const socket = io(`http://127.0.0.1:${port}${namespace}`, {
    path,
    transports: [transport],
    extraHeaders: origin === undefined ? {} : { origin },
    reconnection: false,
    forceNew: true,
  });
  return new Promise<string>((resolve) => {
    socket.on('connect', () => void socket.emit('ping', 'x'));
    socket.on('pong', (name: string) => resolve(name));
    socket.on('connect_error', ({ message }) => resolve(message));
  }).finally(() => socket.disconnect());
}

const HANDSHAKE = '/socket.io/?EIO=4&transport=polling';

function poll(port: number, headers: readonly HeaderLine[], method = 'GET'): Promise<RawResponse> {
  return send(port, { method, path: HANDSHAKE, headers });
}

describe.each(PLATFORMS)('socket.io on %s', (platform) => {
  let running: RunningUpgradeApp;
  const start = async (
    gateways: Provider[],
    more: Partial<UpgradeApp> = {},
    policies: UpgradeApp['cors'] = { policies: POLICIES },
  ): Promise<number> => {
    running = await startUpgradeApp({
      platform,
      sockets: 'socket.io',
      gateways,
      cors: policies,
      ...more,
    });
    return running.port;
  };
  afterEach(() => running?.close());

  describe.each(['websocket', 'polling'] as const)('by %s', (transport) => {
    const refusal = transport === 'websocket' ? 'websocket error' : 'xhr poll error';

    it('lets in whom the policy allows, and nobody else', async () => {
      const port = await start([gateway('Chat', {}, 'app')]);
      expect(await join(port, '/', APP, transport)).toBe('Chat');
      expect(await join(port, '/', undefined, transport)).toBe('Chat');
      expect(await join(port, '/', `http://127.0.0.1:${port}`, transport)).toBe('Chat');
      expect(await join(port, '/', EVIL, transport)).toBe(refusal);
      expect(await join(port, '/', 'null', transport)).toBe(refusal);
    });

    it('decides per namespace on one connection', async () => {
      const port = await start([
        gateway('Chat', { namespace: 'chat' }, 'app'),
        gateway('Partners', { namespace: '/partners' }, 'partners'),
        gateway('Dynamic', { namespace: /^\/tenant-\d+$/ }, 'partners'),
      ]);
      expect(await join(port, '/chat', APP, transport)).toBe('Chat');
      expect(await join(port, '/partners', PARTNER, transport)).toBe('Partners');
      expect(await join(port, '/chat', PARTNER, transport)).toBe('origin not allowed');
      expect(await join(port, '/partners', APP, transport)).toBe('origin not allowed');
      expect(await join(port, '/tenant-7', PARTNER, transport)).toBe('Dynamic');
      expect(await join(port, '/tenant-7', APP, transport)).toBe('origin not allowed');
      expect(await join(port, '/chat', EVIL, transport)).toBe(refusal);
    });

    it('decides per path, and on ports of their own', async () => {
      const own = await closedPort();
      const port = await start([
        gateway('Chat', { path: '/chat.io' }, 'app'),
        gateway('Partners', { path: '/partners.io' }, 'partners'),
        gateway('Own', { port: own }, 'partners'),
      ]);
      expect(await join(port, '/', APP, transport, '/chat.io')).toBe('Chat');
      expect(await join(port, '/', PARTNER, transport, '/chat.io')).toBe(refusal);
      expect(await join(port, '/', PARTNER, transport, '/partners.io')).toBe('Partners');
      expect(await join(own, '/', PARTNER, transport)).toBe('Own');
      expect(await join(own, '/', APP, transport)).toBe(refusal);
    });

    it('waits for a predicate', async () => {
      const port = await start([gateway('Chat', {}, { origin: async (asked) => asked === APP })]);
      expect(await join(port, '/', APP, transport)).toBe('Chat');
      expect(await join(port, '/', EVIL, transport)).toBe(refusal);
    });

    it('falls back to `paths` and to the default policy', async () => {
      const chat = [gateway('Chat', {})];
      const paths = [{ path: '/socket.io/*rest', policy: 'partners' }];
      let port = await start(chat, {}, { default: 'app', policies: POLICIES, paths });
      expect(await join(port, '/', PARTNER, transport)).toBe('Chat');
      expect(await join(port, '/', APP, transport)).toBe(refusal);
      await running.close();
      port = await start(chat, {}, { default: 'app', policies: POLICIES });
      expect(await join(port, '/', APP, transport)).toBe('Chat');
      expect(await join(port, '/', PARTNER, transport)).toBe(refusal);
      await running.close();
      port = await start(chat);
      expect(await join(port, '/', EVIL, transport)).toBe('Chat');
    });

    it('works in a testing module and under strategy interceptor', async () => {
      const more = { testing: true, strategy: 'interceptor' } as const;
      const port = await start([gateway('Chat', {}, 'app')], more);
      expect(await join(port, '/', APP, transport)).toBe('Chat');
      expect(await join(port, '/', EVIL, transport)).toBe(refusal);
    });
  });

  it('answers polling with the headers of the policy, and of nobody else', async () => {
    const port = await start([gateway('Chat', {}, 'app')]);
    const allowed = await poll(port, [['Origin', APP]]);
    expect(allowed.status).toBe(200);
    expect(corsLines(allowed)).toEqual([
      'access-control-allow-credentials: true',
      `access-control-allow-origin: ${APP}`,
    ]);
    expect(varyNames(allowed)).toEqual(['origin']);
    const stranger = await poll(port, [['Origin', EVIL]]);
    expect([stranger.status, corsLines(stranger)]).toEqual([403, []]);
    expect(values(stranger, 'content-length')).toEqual(['0']);
    const program = await poll(port, []);
    expect([program.status, corsLines(program), varyNames(program)]).toEqual([200, [], ['origin']]);
  });

  it('answers polling preflights', async () => {
    const port = await start([gateway('Chat', {}, 'app')]);
    const asked: HeaderLine[] = [
      ['Access-Control-Request-Method', 'POST'],
      ['Access-Control-Request-Headers', 'x-token'],
    ];
    const passed = await poll(port, [['Origin', APP], ...asked], 'OPTIONS');
    expect(passed.status).toBe(204);
    expect(corsLines(passed)).toEqual([
      'access-control-allow-credentials: true',
      'access-control-allow-headers: x-token',
      'access-control-allow-methods: POST',
      `access-control-allow-origin: ${APP}`,
      'access-control-max-age: 600',
    ]);
    const failed = await poll(port, [['Origin', EVIL], ...asked], 'OPTIONS');
    expect([failed.status, corsLines(failed)]).toEqual([403, []]);
  });
});
