import type { INestApplication, Type } from '@nestjs/common';
import fastifyHttpProxy from '@fastify/http-proxy';
import { createProxyMiddleware } from 'http-proxy-middleware';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROXIED_AREAS } from './areas.js';

/** Where the gateway finds what is behind it. */
export interface Backends {
  /** The ill-behaved HTTP service. */
  readonly upstream: string;
  /** Where nobody listens. */
  readonly closed: number;
  /** The port of the TCP microservice. */
  readonly service: number;
}

/** How long the gateway waits for an area's service, in milliseconds. It gives up on none but the one that never answers. */
export function patienceWith(area: string): number {
  return area === 'late' ? 250 : 60_000;
}

/** Proxied sockets: one path with an entry of its own, one under the default policy. */
const FEEDS = ['/feed', '/elsewhere'] as const;

type Next = (error?: unknown) => void;
type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => unknown;

const UNAUTHORIZED = 'no';

/** Stands for whatever an application puts before a proxy: turns away who says that he may not come in. */
const bouncer: Middleware = (request, response, next) => {
  if (request.headers.authorization !== UNAUTHORIZED) return next();
  response.writeHead(401, { 'Content-Length': '0' });
  return response.end();
};

/** http-proxy-middleware, on Express itself or through the middleware engine of Nest's Fastify adapter. */
export function useProxyMiddleware(app: INestApplication, { upstream, closed }: Backends): void {
  app.use(bouncer);
  const quiet = { logger: { info() {}, warn() {}, error() {} } };
  for (const area of PROXIED_AREAS) {
    const target = area === 'down' ? `http://127.0.0.1:${closed}` : upstream;
    const options = { target: `${target}/${area}`, proxyTimeout: patienceWith(area), ...quiet };
    app.use(`/${area}`, createProxyMiddleware(options));
  }
  const feed = createProxyMiddleware({ target: upstream, pathFilter: [...FEEDS], ...quiet });
  app.use(feed);
  // Each proxy listens to the server's end.
  app
    .getHttpServer()
    .setMaxListeners(2 * PROXIED_AREAS.length)
    .on('upgrade', feed.upgrade);
}

interface FastifyLike {
  register(plugin: unknown, options: object): unknown;
}

/** The same before `@fastify/http-proxy`. */
function preHandler(
  request: { raw: IncomingMessage },
  reply: { code(status: number): { send(): void } },
  done: () => void,
): void {
  if (request.raw.headers.authorization === UNAUTHORIZED) reply.code(401).send();
  else done();
}

export async function useFastifyProxy(
  app: INestApplication,
  { upstream, closed }: Backends,
): Promise<void> {
  const instance = app.getHttpAdapter().getInstance() as FastifyLike;
  for (const area of PROXIED_AREAS) {
    const target = area === 'down' ? `http://127.0.0.1:${closed}` : upstream;
    const rewritePrefix = `/${area}`;
    // By default a 503 is asked for again, up to ten times.
    const replyOptions = { retryDelay: () => null };
    const http = { requestOptions: { timeout: patienceWith(area) } };
    const plugin = { preHandler, http, replyOptions };
    const options = { upstream: target, prefix: `/${area}`, rewritePrefix, ...plugin };
    await instance.register(fastifyHttpProxy, options);
  }
  for (const prefix of FEEDS) {
    const feed = { upstream, prefix, rewritePrefix: prefix, websocket: true };
    await instance.register(fastifyHttpProxy, feed);
  }
}

/** What a way of reaching services adds to the application. */
export interface Transport {
  readonly controllers?: readonly Type[];
  readonly configure?: (app: INestApplication, backends: Backends) => void | Promise<void>;
}
