import { WsAdapter } from '@nestjs/platform-ws';
import { WebSocketGateway } from '@nestjs/websockets';
import type { INestApplication } from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import { WebSocket } from 'ws';
import { PLATFORMS } from '../../support/platforms.js';
import { A, B, CODE, startLive, type LiveApp } from './support/live-app.js';
import { MemorySource, state } from './support/memory-source.js';

@CorsPolicy('tenants')
@WebSocketGateway({ path: '/feed' })
class FeedGateway {}

@CorsPolicy('app')
@WebSocketGateway({ path: '/own' })
class OwnGateway {}

/** Several slices of those that are asked about. */
const MANY = 450;

function open(port: number, path: string, origin: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('error', reject);
  });
}

const closed = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => socket.on('close', () => resolve()));

describe.each(PLATFORMS)('open sockets on %s', (platform) => {
  let app: LiveApp;
  afterEach(() => app.close());

  const start = async (source: MemorySource, closeSockets: boolean): Promise<void> => {
    app = await startLive(
      platform,
      { source, closeSockets },
      {
        providers: [FeedGateway, OwnGateway],
        configure: (nest: INestApplication) => void nest.useWebSocketAdapter(new WsAdapter(nest)),
      },
    );
  };

  // Rule 14
  it('of an origin that is revoked are closed, and no others', async () => {
    const source = new MemorySource(state(1, [A, B]));
    await start(source, true);
    const revoked = await open(app.port, '/feed', A);
    const kept = [await open(app.port, '/feed', B), await open(app.port, '/own', CODE)];
    const gone = closed(revoked);
    source.say(state(2, [B]));
    await gone;
    expect(kept.map(({ readyState }) => readyState)).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
    await expect(open(app.port, '/feed', A)).rejects.toThrow('403');
    for (const socket of kept) socket.terminate();
  });

  // Rule 14: how many turns that takes, the test of what asks them says.
  it('are all closed, however many there are, and requests are answered meanwhile', async () => {
    const source = new MemorySource(state(1, [A, B]));
    await start(source, true);
    const revoked = await Promise.all(
      Array.from({ length: MANY }, () => open(app.port, '/feed', A)),
    );
    const kept = await open(app.port, '/feed', B);
    const gone = Promise.all(revoked.map(closed));
    source.say(state(2, [B]));
    expect(await app.allowed(B)).toBe(true);
    await gone;
    expect(kept.readyState).toBe(WebSocket.OPEN);
    kept.terminate();
  });

  it('stay open where that is wanted', async () => {
    const source = new MemorySource(state(1, [A]));
    await start(source, false);
    const socket = await open(app.port, '/feed', A);
    source.say(state(2, [B]));
    await app.live.reconcile();
    await expect(open(app.port, '/feed', A)).rejects.toThrow('403');
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });
});
