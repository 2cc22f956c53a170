import { IoAdapter } from '@nestjs/platform-socket.io';
import { WebSocketGateway } from '@nestjs/websockets';
import { once } from 'node:events';
import type { Server, ServerOptions, Socket } from 'socket.io';
import { io, type Socket as ClientSocket } from 'socket.io-client';
import { CorsPolicy } from 'nestjs-cors';
import { APP, EVIL } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { type RunningUpgradeApp, startUpgradeApp } from './support/app.js';

class RecoveringAdapter extends IoAdapter {
  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      connectionStateRecovery: {},
    } as ServerOptions) as Server;
  }
}

class Reporting {
  handleConnection(client: Socket): void {
    client.emit('hello', client.recovered, client.request.headers.cookie);
  }
}

@CorsPolicy({ origin: APP })
@WebSocketGateway({ namespace: 'quiet' })
class Quiet extends Reporting {}

@CorsPolicy({ origin: APP })
@WebSocketGateway({ namespace: /^\/rooms-\d+$/ as unknown as string })
class Rooms extends Reporting {}

@CorsPolicy({
  origin: [APP, 'https://other.example.com'],
  credentials: ['https://other.example.com'],
})
@WebSocketGateway({ namespace: 'unlisted' })
class Unlisted extends Reporting {}

@CorsPolicy({ origin: '*' })
@WebSocketGateway({ namespace: 'open' })
class Open {}

@CorsPolicy({ origin: APP, credentials: true })
@WebSocketGateway()
class First extends Reporting {}

/** The keys to a session, as the client of socket.io keeps them. */
interface Session {
  readonly pid: string;
  readonly offset: string;
}

interface Outcome {
  readonly recovered: boolean;
  readonly cookie: unknown;
  readonly missed: readonly string[];
}

describe.each(PLATFORMS)('a session that socket.io recovers, on %s', (platform) => {
  let running: RunningUpgradeApp;
  let server: Server;

  beforeAll(async () => {
    running = await startUpgradeApp({
      platform,
      sockets: 'socket.io',
      cors: {},
      gateways: [Quiet, Rooms, Unlisted, Open, First],
      configure: (app) => {
        const adapter = new RecoveringAdapter(app);
        const create = adapter.createIOServer.bind(adapter);
        adapter.createIOServer = (...args) => (server = create(...args));
        app.useWebSocketAdapter(adapter);
      },
    });
  });

  afterAll(() => running.close());

  const connect = (namespace: string, origin: string, auth: object): ClientSocket =>
    io(`http://127.0.0.1:${running.port}${namespace}`, {
      transports: ['websocket'],
      extraHeaders: { origin, cookie: 'session=7' },
      auth,
      reconnection: false,
      forceNew: true,
    });

  /** Joins, is told something, loses its connection, and misses something. */
  async function losesSession(namespace: string): Promise<Session> {
    const socket = connect(namespace, APP, {});
    await once(socket as never, 'hello');
    server.of(namespace).emit('news', 'first', 'offset');
    const [, , offset] = (await once(socket as never, 'news')) as [string, string, string];
    const { _pid: pid } = socket as unknown as { _pid: string };
    const [session] = await server.of(namespace).fetchSockets();
    const gone = once(server.of(namespace).sockets.get(session?.id ?? '') as Socket, 'disconnect');
    socket.io.engine.close();
    await gone;
    server.of(namespace).emit('news', 'missed');
    return { pid, offset };
  }

  function comesBack(namespace: string, origin: string, session: Session): Promise<Outcome> {
    const socket = connect(namespace, origin, session);
    const missed: string[] = [];
    socket.on('news', (text: string) => missed.push(text));
    return new Promise<Outcome>((resolve, reject) => {
      socket.on('hello', (recovered: boolean, cookie: unknown) =>
        resolve({ recovered, cookie, missed }),
      );
      socket.on('connect_error', (error) =>
        reject(new Error(`${error.message} (${missed.length})`)),
      );
    }).finally(() => socket.disconnect());
  }

  it.each(['/quiet', '/rooms-7', '/unlisted'])(
    'has no cookies where the policy has none for the page: %s',
    async (name) => {
      const outcome = await comesBack(name, APP, await losesSession(name));
      expect(outcome).toEqual({ recovered: true, cookie: null, missed: ['missed'] });
    },
  );

  it('keeps its cookies where the policy allows credentials', async () => {
    const outcome = await comesBack('/', APP, await losesSession('/'));
    expect(outcome).toEqual({ recovered: true, cookie: 'session=7', missed: ['missed'] });
  });

  it.each(['/quiet', '/rooms-7', '/'])(
    'is not given to a page that is denied, nor what was missed: %s',
    async (name) => {
      const back = comesBack(name, EVIL, await losesSession(name));
      await expect(back).rejects.toThrow('origin not allowed (0)');
    },
  );
});
