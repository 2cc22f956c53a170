import { connect } from 'node:net';
import type { RawRequest, RawResponse } from '../../../support/raw.js';

/**
 * Asks for an upgrade and returns the answer. After a 101 it waits for the first message, which every feed of these tests
 * sends: some proxies accept first and connect to the service later.
 */
export function sendUpgrade(
  port: number,
  { path, headers = [] }: RawRequest,
): Promise<RawResponse> {
  const lines = [['Host', 'localhost'], ...headers].map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const settle = (): void => {
      socket.destroy();
      const [head = '', message = ''] = received.split('\r\n\r\n');
      resolve(read(head, message));
    };
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end !== -1 && received.length > end + 4) settle();
    });
    socket.on('error', reject);
    socket.on('close', settle);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  });
}

function read(head: string, message: string): RawResponse {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const [, status = '0', ...reason] = statusLine.split(' ');
  const rest = { trailers: [], interim: [], complete: true };
  return { status: Number(status), reason: reason.join(' '), headers, body: message, ...rest };
}
