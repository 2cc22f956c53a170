import { connect } from 'node:net';
import type { HeaderLine, RawRequest } from '../../../support/raw.js';

/** What makes a request an upgrade. */
export const HANDSHAKE: readonly HeaderLine[] = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
];

/** An upgrade as a page of that origin sends it, with the target exactly as given. */
export function upgrade(path: string, origin: string): RawRequest {
  return { path, headers: [['Origin', origin], ...HANDSHAKE] };
}

/** A masked text frame, as clients send it; the mask is zero. */
function frame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

/** Sends an upgrade and messages in one go, without waiting for the 101; returns all that comes until `last` was seen. */
export function sendEagerly(
  port: number,
  { path, headers = [] }: RawRequest,
  messages: readonly string[],
  last: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!received.includes(last)) return;
      socket.destroy();
      resolve(received);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
    const head = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n`, 'latin1');
    socket.write(Buffer.concat([head, ...messages.map(frame)]));
  });
}
