import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

/** The part of a Nest application that the simulator needs; any `INestApplication` on Express or Fastify has it. */
export interface NestApplicationLike {
  init(): Promise<unknown>;
  getHttpServer(): unknown;
  getHttpAdapter(): { getInstance(): unknown };
}

/** The server that answers the requests: a Nest application (listening or not), an HTTP server, or the base URL of one. */
export type BrowserTarget = NestApplicationLike | Server | string;

/** Where to connect to. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Gives back what had to be opened to get there. */
  close(): Promise<void>;
}

/** Makes a target reachable through a real socket. */
export async function connectTo(target: BrowserTarget): Promise<Endpoint> {
  if (typeof target === 'string') return addressOfUrl(target);
  if (!isNestApplication(target)) return addressOfServer(target);
  await target.init();
  await readyFastify(target.getHttpAdapter().getInstance());
  return addressOfServer(target.getHttpServer() as Server);
}

function isNestApplication(target: NestApplicationLike | Server): target is NestApplicationLike {
  return 'getHttpServer' in target;
}

/** Fastify compiles its routes in `ready()`, which `listen()` would otherwise call. */
async function readyFastify(instance: unknown): Promise<void> {
  const { ready } = instance as { ready?: unknown };
  if (typeof ready === 'function') await ready.call(instance);
}

function addressOfUrl(target: string): Endpoint {
  const url = new URL(target);
  if (url.protocol !== 'http:' || url.pathname !== '/') {
    throw new TypeError(`${target}: the simulator connects to http://host:port, without a path`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port: Number(url.port === '' ? 80 : url.port), close: async () => {} };
}

async function addressOfServer(server: Server): Promise<Endpoint> {
  if (server.listening) return { ...locate(server), close: async () => {} };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { ...locate(server), close: () => closeServer(server) };
}

function locate(server: Server): { host: string; port: number } {
  const { address, port } = server.address() as AddressInfo;
  return { host: address === '::' || address === '0.0.0.0' ? '127.0.0.1' : address, port };
}

/** The application may have been closed first; closing twice is no mistake of the test. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
