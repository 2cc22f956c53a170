import { WebSocket } from 'ws';

/** How an attempt to open a socket ended. */
export interface Attempt {
  /** 101, or the status of the refusal; 0 where the connection ended without an answer. */
  readonly status: number;
  /** The first message of a socket that opened. */
  readonly message?: string;
  readonly headers?: NodeJS.Dict<string | string[]>;
}

/** Opens a socket as a page of that origin would, waits for the first message and closes it. */
export function open(
  port: number,
  path: string,
  origin?: string,
  headers: Record<string, string> = {},
  send?: string,
): Promise<Attempt> {
  const options = { headers, ...(origin === undefined ? {} : { origin }) };
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
  return new Promise((resolve) => {
    if (send !== undefined) socket.on('open', () => socket.send(send));
    socket.on('message', (data) => {
      resolve({ status: 101, message: String(data) });
      socket.close();
    });
    socket.on('unexpected-response', (request, response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      request.destroy();
    });
    socket.on('error', () => resolve({ status: 0 }));
  });
}
