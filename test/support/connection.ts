import { connect, type Socket } from 'node:net';
import type { RawRequest } from './raw.js';
import { ResponseReader, type WireResponse } from './responses.js';

/** A request as bytes (latin1), and the method that says how its response is framed. */
export interface WireRequest {
  readonly method: string;
  readonly bytes: string;
}

/** Serialises a request and adds nothing but `Host` where it is missing. */
export function wire({
  method = 'GET',
  path,
  headers = [],
  body = '',
  version = '1.1',
}: RawRequest): WireRequest {
  const hosted = headers.some(([name]) => name.toLowerCase() === 'host');
  const lines = [...(hosted ? [] : [['Host', 'localhost'] as const]), ...headers];
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return { method, bytes: `${method} ${path} HTTP/${version}\r\n${head}\r\n${body}` };
}

/**
 * Sends requests back to back over one connection and returns the responses in order; fewer where the server closed it.
 *
 * @param patience how long to wait without hearing anything, for bytes that may be no complete request
 */
export function pipeline(
  port: number,
  requests: readonly WireRequest[],
  patience?: number,
): Promise<readonly WireResponse[]> {
  const reader = new ResponseReader(requests.map(({ method }) => method));
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    const settle = (): void => {
      socket.destroy();
      resolve(reader.responses);
    };
    socket.setEncoding('latin1');
    if (patience !== undefined) socket.setTimeout(patience, settle);
    socket.on('data', (chunk: string) => {
      reader.feed(chunk);
      if (reader.responses.length >= requests.length) settle();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? settle() : reject(error),
    );
    socket.on('close', settle);
    socket.write(Buffer.from(requests.map(({ bytes }) => bytes).join(''), 'latin1'));
  });
}

/** The same for requests that are all answered. */
export async function answers(
  port: number,
  requests: readonly RawRequest[],
): Promise<readonly WireResponse[]> {
  const responses = await pipeline(port, requests.map(wire));
  expect(responses).toHaveLength(requests.length);
  return responses;
}
