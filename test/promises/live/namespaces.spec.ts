import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WebSocketGateway } from '@nestjs/websockets';
import { once } from 'node:events';
import { CorsPolicy } from 'nestjs-cors';
import type { Server, ServerOptions, Socket } from 'socket.io';
import { io, type Socket as ClientSocket } from 'socket.io-client';
import { PLATFORMS } from '../../support/platforms.js';
import { A, B, startLive, type LiveApp } from './support/live-app.js';
import { MemorySource, state } from './support/memory-source.js';

@CorsPolicy('tenants')
@WebSocketGateway({ namespace: 'tenants' })
class TenantsGateway {
  handleConnection(client: Socket): void {
    client.emit('hello', client.recovered);
  }
}

/** Keeps the connection, which the namespaces share, open for everybody. */
@CorsPolicy({ origin: '*' })
@WebSocketGateway({ namespace: 'open' })
class OpenGateway {}

describe.each(PLATFORMS)('clients of a namespace on %s', (platform) => {
  let app: LiveApp;
  let server: Server;
  const source = new MemorySource(state(1, [A]));

  beforeEach(async () => {
    source.answer = () => state(1, [A]);
    const configure = (nest: INestApplication): void => {
      const adapter = new IoAdapter(nest);
      const create = adapter.createIOServer.bind(adapter);
      adapter.createIOServer = (port: number, options?: ServerOptions) => {
        server = create(port, { ...options, connectionStateRecovery: {} } as ServerOptions);
        return server;
      };
      nest.useWebSocketAdapter(adapter);
    };
    app = await startLive(
      platform,
      { source },
      { providers: [TenantsGateway, OpenGateway], configure },
    );
  });
  afterEach(() => app.close());

  const connect = (auth: object): ClientSocket =>
    io(`http://127.0.0.1:${app.port}/tenants`, {
      transports: ['websocket'],
      extraHeaders: { origin: A },
      auth,
      reconnection: false,
      forceNew: true,
    });

  /** The keys to the session of a client that has lost its connection. */
  async function lost(): Promise<object> {
    const socket = connect({});
    await once(socket as never, 'hello');
    const news = once(socket as never, 'news');
    server.of('/tenants').emit('news', 'first');
    const [, offset] = (await news) as [string, string];
    const { _pid: pid } = socket as unknown as { _pid: string };
    const [joined] = await server.of('/tenants').fetchSockets();
    const member = server.of('/tenants').sockets.get(joined?.id ?? '') as Socket;
    const gone = once(member, 'disconnect');
    socket.io.engine.close();
    await gone;
    return { pid, offset };
  }

  // Rule 14
  it.each([
    ['joined', false],
    ['came back to its session', true],
  ])('who %s has to go when its origin is revoked', async (_, recovers) => {
    const socket = connect(recovers ? await lost() : {});
    const [recovered] = (await once(socket as never, 'hello')) as [boolean];
    expect(recovered).toBe(recovers);
    const gone = once(socket as never, 'disconnect');
    source.say(state(2, [B]));
    await gone;
    socket.disconnect();
  });
});
