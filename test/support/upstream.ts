import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** What an ill-behaved service says about CORS, whoever asks and whatever the gateway thinks. */
const OWN_CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Methods': 'UPSTREAM',
  'Access-Control-Allow-Headers': 'x-upstream',
  'Access-Control-Expose-Headers': 'X-Upstream, ETag',
  'Access-Control-Max-Age': '86400',
  Vary: 'Accept',
};

/** A service behind the gateway that counts what reaches it. */
export class Upstream {
  readonly server: Server = createServer((request, response) => this.answer(request, response));
  /** Requests and upgrades, `METHOD target` each. */
  readonly hits: string[] = [];
  private readonly sockets = new WebSocketServer({ noServer: true });

  constructor() {
    this.server.on('upgrade', (request, socket, head) => {
      this.hits.push(`UPGRADE ${request.url}`);
      this.sockets.handleUpgrade(request, socket, head, (client) => {
        client.on('message', (data) => client.send(`upstream: ${String(data)}`));
        client.send(`cookie: ${request.headers.cookie ?? 'none'}`);
      });
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.hits.push(`${request.method} ${request.url}`);
    const last = (request.url ?? '').split('?', 1)[0]?.split('/').at(-1) ?? '';
    if (last === 'hang') return;
    if (last === 'reset') return void request.socket.destroy();
    const own = { ...OWN_CORS, 'X-Served': `${request.method} ${request.url}` };
    if (last === 'stream') {
      response.writeHead(200, { ...own, 'Content-Type': 'text/event-stream' });
      response.write('data: one\n\n');
      response.end('data: two\n\n');
      return;
    }
    if (last === 'redirect') response.setHeader('Location', '/orders/list');
    response.writeHead(statusOf(last), own);
    response.end(request.method === 'HEAD' ? undefined : 'from upstream');
  }
}

/** `/orders/503` answers 503. */
function statusOf(name: string): number {
  if (name === 'redirect') return 302;
  return /^[2-5]\d\d$/.test(name) ? Number(name) : 200;
}
