import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves an empty page on every host and path; `/sandboxed` has an opaque origin. */
export class PageServer {
  readonly #server: Server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    if (request.url?.endsWith('/sandboxed') === true) {
      response.setHeader('Content-Security-Policy', 'sandbox allow-scripts');
    }
    response.end('<!doctype html><link rel="icon" href="data:,"><title>page</title>');
  });

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}
