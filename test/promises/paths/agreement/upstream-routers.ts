import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeLeniently } from './decode-leniently.js';
import type { Area } from './random-gateway.js';

/** How a service behind the gateway reads the path that it is given. */
export type Reading = 'express' | 'fastify' | 'whatwg' | 'servlet' | 'literal' | 'c-string';
export const READINGS: readonly Reading[] = [
  'express',
  'fastify',
  'whatwg',
  'servlet',
  'literal',
  'c-string',
];

export interface RunningUpstream {
  readonly url: string;
  /** Preflights that reached it. */
  readonly preflights: string[];
  close(): Promise<void>;
}

/** A service that says, by its own router, which of its areas served a request, and allows everyone. */
export async function startUpstream(
  reading: Reading,
  areas: readonly Area[],
): Promise<RunningUpstream> {
  const route = await ROUTERS[reading](mostSpecificFirst(areas));
  const preflights: string[] = [];
  const server = createServer((request, response) => {
    const asks = request.headers['access-control-request-method'] !== undefined;
    if (request.method === 'OPTIONS' && asks) preflights.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'X-Upstream');
    route(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, preflights, close };
}

type Answer = { setHeader(name: string, value: string): unknown; end(): unknown };

interface ExpressLike {
  (request: IncomingMessage, response: unknown): void;
  all(path: string, handler: (request: unknown, response: Answer) => void): void;
  use(path: string, handler: (request: unknown, response: Answer) => void): void;
}

interface FastifyLike {
  all(
    path: string,
    handler: (request: unknown, reply: { raw: Answer; hijack(): void }) => void,
  ): void;
  ready(): Promise<unknown>;
  routing: RequestListener;
}

const ROUTERS: Readonly<
  Record<Reading, (areas: readonly Area[]) => RequestListener | Promise<RequestListener>>
> = {
  express: (areas) => {
    const app = new ExpressAdapter().getInstance() as unknown as ExpressLike;
    for (const area of areas) {
      const serve = (_request: unknown, response: Answer): void => served(area, response);
      if (area.prefix) app.use(area.path, serve);
      else app.all(area.path, serve);
    }
    return app;
  },
  fastify: async (areas) => {
    const instance = new FastifyAdapter().getInstance() as unknown as FastifyLike;
    for (const area of areas) {
      for (const path of area.prefix ? [area.path, `${area.path}/*`] : [area.path]) {
        instance.all(path, (_request, reply) => (reply.hijack(), served(area, reply.raw)));
      }
    }
    await instance.ready();
    return instance.routing.bind(instance);
  },
  whatwg: (areas) => byPath(areas, pathAsWhatwg),
  servlet: (areas) => byPath(areas, pathAsServlet),
  literal: (areas) => byPath(areas, pathAsLiteral),
  'c-string': (areas) => byPath(areas, pathAsCString),
};

function byPath(
  areas: readonly Area[],
  read: (target: string) => string | undefined,
): RequestListener {
  return (request, response) => {
    const path = read(request.url ?? '/');
    const area = areas.find((one) => covers(one, path));
    if (area !== undefined) return served(area, response);
    response.statusCode = 404;
    response.end();
  };
}

function served(area: Area, response: Answer): void {
  response.setHeader('X-Area', area.name);
  response.end();
}

/** Decodes once, resolves dots before and after, and takes two slashes for one, as many services do; `?` and `#` stay in their names. */
function pathAsWhatwg(target: string): string | undefined {
  try {
    const { pathname } = new URL(target, 'http://upstream.test');
    const decoded = decodeURIComponent(pathname).replaceAll('\\', '/').replace(/\/+/g, '/');
    return new URL(decoded.replace(/[?#]/g, encodeURIComponent), 'http://upstream.test').pathname;
  } catch {
    return undefined;
  }
}

/** Drops the parameters of each segment, decodes, takes two slashes for one, and resolves dots last, as servlet containers do. */
function pathAsServlet(target: string): string {
  const [path = ''] = target.replace(/^https?:\/\/[^/]*/, '').split('?');
  const decoded = decodeLeniently(path.replace(/;[^/]*/g, ''));
  return resolveDots(decoded.split(/[/\\]+/));
}

/** Decodes without a look at UTF-8, drops tabs and line breaks, ends at NUL, and trims, as old services do. */
function pathAsCString(target: string): string {
  const [path = ''] = target.replace(/^https?:\/\/[^/]*/, '').split('?');
  const decoded = decodeLeniently(path).replace(/\xc0([\x80-\xbf])/g, (_, low: string) =>
    String.fromCharCode(low.charCodeAt(0) & 0x3f),
  );
  const [text = ''] = decoded.replace(/[\t\r\n]/g, '').split('\0');
  return resolveDots(text.trim().split('/'));
}

/** Resolves dots in what is written, decodes nothing, and lets an empty segment be a segment. */
function pathAsLiteral(target: string): string {
  const [path = ''] = target.replace(/^https?:\/\/[^/]*/, '').split('?');
  return resolveDots(path.split('/'));
}

function resolveDots(segments: readonly string[]): string {
  const kept: string[] = [];
  for (const segment of segments.slice(1)) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}

function covers({ path, prefix }: Area, target: string | undefined): boolean {
  return target === path || (prefix && target !== undefined && target.startsWith(`${path}/`));
}

function mostSpecificFirst(areas: readonly Area[]): readonly Area[] {
  return [...areas].sort((left, right) => rank(right) - rank(left));
}

function rank({ path, prefix }: Area): number {
  return path.length + (prefix ? 0 : 1000);
}
