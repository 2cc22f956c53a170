import { WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { CorsPolicy } from 'nestjs-cors';
import { APP } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { startUpgradeApp } from './support/app.js';

/** Every place where a client's cookies may be read. */
function cookiesOf({ handshake, request }: Socket): readonly unknown[] {
  const raw = request.rawHeaders.filter((line) => line.includes('session='));
  return [
    handshake.headers.cookie,
    request.headers.cookie,
    request.headersDistinct['cookie'],
    raw[0],
  ];
}

@CorsPolicy({ origin: APP })
@WebSocketGateway({ namespace: 'quiet' })
class Quiet {
  handleConnection(client: Socket): void {
    client.emit('cookies', cookiesOf(client));
  }
}

@CorsPolicy({ origin: APP, credentials: true })
@WebSocketGateway({ namespace: 'signed-in' })
class SignedIn extends Quiet {}

@CorsPolicy({ origin: '*', credentials: ['https://other.example.com'] })
@WebSocketGateway({ namespace: 'unlisted' })
class Unlisted extends Quiet {}

@CorsPolicy({ origin: '*', credentials: [APP] })
@WebSocketGateway({ namespace: 'listed' })
class Listed extends Quiet {}

@WebSocketGateway({ namespace: 'undecorated' })
class Undecorated {}

function cookiesIn(port: number, namespace: string): Promise<readonly unknown[]> {
  const socket = io(`http://127.0.0.1:${port}/${namespace}`, {
    transports: ['websocket'],
    extraHeaders: { origin: APP, cookie: 'session=7' },
    reconnection: false,
    forceNew: true,
  });
  return new Promise<readonly unknown[]>((resolve, reject) => {
    socket.on('cookies', resolve);
    socket.on('connect_error', reject);
  }).finally(() => socket.disconnect());
}

it.each(PLATFORMS)(
  'a namespace without credentials sees no cookies of its connection: %s',
  async (platform) => {
    const gateways = [Quiet, SignedIn, Unlisted, Listed, Undecorated];
    const { port, close } = await startUpgradeApp({
      platform,
      sockets: 'socket.io',
      cors: {},
      gateways,
    });
    const cookie = 'session=7';
    for (const name of ['quiet', 'unlisted'])
      expect(await cookiesIn(port, name)).toEqual([null, null, null, null]);
    for (const name of ['signed-in', 'listed'])
      expect(await cookiesIn(port, name)).toEqual([cookie, cookie, [cookie], cookie]);
    await close();
  },
);
