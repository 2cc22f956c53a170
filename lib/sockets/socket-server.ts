import type { Server } from 'node:http';

/** A WebSocket server that one of Nest's adapters made for gateways, on an HTTP server. */
export interface SocketServer {
  readonly http: Server | undefined;
  /** It would take a request, by the same test as its own. */
  readonly takes: (url: string, host: string | undefined) => boolean;
  /** It also speaks plain HTTP (socket.io's long polling). */
  readonly polls: boolean;
  /** A target that it takes. */
  readonly target: string;
  /** The CORS options that it was made with. */
  readonly cors: unknown;
}

/** The part that is used of the objects that adapters return: socket.io's `Server`, or the `WebSocketServer` of ws. */
interface Created {
  readonly httpServer?: Server;
  readonly engine?: unknown;
  readonly opts?: { readonly addTrailingSlash?: boolean; readonly cors?: unknown };
  path?: unknown;
  readonly options?: { readonly noServer?: boolean; readonly path?: string | null };
  readonly ['_server']?: Server | null;
}

/** The part of Nest's `WsAdapter` that is used. */
interface AdapterView {
  readonly httpServer?: Server;
  readonly httpServersRegistry?: ReadonlyMap<number, Server>;
}

/** Finds the HTTP server behind what an adapter created, and the requests that it would take. */
export function recogniseSocketServer(
  created: unknown,
  adapter: object,
  port: number,
  path: string | undefined,
): SocketServer {
  const server = created as Created;
  const view = adapter as AdapterView;
  if (typeof server.path === 'function') return socketIo(server);
  const http =
    server['_server'] ??
    server.httpServer ??
    view.httpServersRegistry?.get(port) ??
    (port === 0 ? view.httpServer : undefined);
  const takes = takenByWs(server, port, path);
  return { http, takes, polls: false, target: path ?? '/', cors: undefined };
}

/** Engine.IO compares the start of the target as sent. */
function socketIo(server: Created): SocketServer {
  const path = String((server.path as () => string)()).replace(/\/$/, '');
  const start = server.opts?.addTrailingSlash === false ? path : `${path}/`;
  return {
    http: server.httpServer,
    takes: (url) => url.startsWith(start),
    polls: true,
    target: start,
    cors: server.opts?.cors,
  };
}

function takenByWs(server: Created, port: number, path: string | undefined): SocketServer['takes'] {
  if (server.options?.noServer) return (url, host) => pathnameOf(url, host) === server.path;
  const only = server.options === undefined ? path : server.options.path;
  if (only === undefined || only === null) return () => port !== 0;
  return (url) => url.split('?', 1)[0] === only;
}

/** As Nest's `WsAdapter` reads it, dot segments resolved. */
function pathnameOf(url: string, host: string | undefined): string | undefined {
  try {
    return new URL(url, `ws://${host}/`).pathname;
  } catch {
    return undefined; // the adapter answers 400
  }
}
