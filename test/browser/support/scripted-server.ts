import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { PlannedResource, WireLog } from './scenario.js';

/** Request headers in which the two browsers must agree. (Chromium sends `Sec-Fetch-Mode` with insecure preflights too.) */
const COMPARED = [
  'host',
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'access-control-request-private-network',
  'authorization',
  'cookie',
  'content-type',
  'content-language',
  'if-none-match',
  'range',
  'x-a',
  'x-b',
  'save-data',
  'accept',
  'sec-fetch-site',
  'sec-fetch-dest',
];

/** A plain HTTP server that answers as told, and writes down what it is asked. */
export class ScriptedServer {
  readonly server: Server = createServer((request, response) => this.#answer(request, response));
  #resources: ReadonlyMap<string, PlannedResource> = new Map();
  #log: WireLog[] = [];

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  serve(resources: ReadonlyMap<string, PlannedResource>): void {
    this.#resources = resources;
  }

  /** What was asked since the last call. */
  takeLog(): readonly WireLog[] {
    const log = this.#log;
    this.#log = [];
    return log;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    response.sendDate = false;
    if (path.startsWith('/page')) return answerPage(path, response);
    const resource = this.#resources.get(path);
    if (resource === undefined) return void response.writeHead(404).end();
    this.#log.push(observe(request));
    const isPreflight = request.headers['access-control-request-method'] !== undefined;
    const answer = isPreflight ? resource.preflight : resource.actual;
    const etag = answer.headers.find(([name]) => name === 'ETag')?.[1];
    const isUnchanged = etag !== undefined && request.headers['if-none-match'] === etag;
    const flat = answer.headers.flat();
    if (isUnchanged) return void response.writeHead(304, flat).end();
    response.writeHead(answer.status, ['Content-Length', '4', 'X-One', '1', 'X-Two', '2', ...flat]);
    response.end('body');
  }
}

/** The pages that fetch; `/page/sandboxed` has an opaque origin. */
function answerPage(path: string, response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/html');
  if (path === '/page/sandboxed') {
    response.setHeader('Content-Security-Policy', 'sandbox allow-scripts');
  }
  response.end('<!doctype html><link rel="icon" href="data:,"><title>page</title>');
}

/** Chromium forgets the way to a URL, and with it the right `Sec-Fetch-Site`, when it has to start a redirect afresh. */
function observe(request: IncomingMessage): WireLog {
  const isRedirected = !/^\/r\/\w+\/\d+\/0/.test(request.url ?? '');
  const present = COMPARED.filter(
    (name) =>
      request.headers[name] !== undefined && !(isRedirected && name.startsWith('sec-fetch-')),
  );
  return {
    request: `${request.method} ${request.url}`,
    ...Object.fromEntries(present.map((name) => [name, String(request.headers[name])])),
  };
}
