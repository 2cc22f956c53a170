import { Kvm, type KV } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Redis } from 'ioredis';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { CorsPolicySource, CorsReading, CorsSnapshot } from 'nestjs-cors';
import { natsPublisher, natsSource } from 'nestjs-cors/nats';
import {
  CorsConflictError,
  redisPublisher,
  redisSource,
  type CorsLiveLists,
  type CorsPublisher,
} from 'nestjs-cors/redis';
import { freePort, StoreServer } from './servers.js';

const KEY = 'shop';
const BUCKET = 'cors';

/** A store of states, and all that may happen to one. */
export interface Store extends CorsPublisher {
  readonly port: number;
  /** A source that reaches the store over a port. */
  source(port: number): CorsPolicySource;
  /** Any bytes in place of a state, by somebody who is no publisher. */
  write(text: string): Promise<void>;
  /** The bytes in place of the state. */
  text(): Promise<string>;
  wipe(): Promise<void>;
  /** The server, not what it keeps. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export type StoreName = 'plain source' | 'Redis' | 'NATS';

export const STORES: readonly StoreName[] = ['plain source', 'Redis', 'NATS'];

export async function openStore(name: StoreName): Promise<Store> {
  if (name === 'Redis') return redisStore(await StoreServer.redis());
  if (name === 'NATS') return natsStore(await StoreServer.nats());
  return plainStore(await freePort());
}

/** A writer's own connection takes a while to come back, too. */
export async function persistently<Result>(write: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await write();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function redisStore(server: StoreServer): Store {
  const client = new Redis(server.port, '127.0.0.1', { retryStrategy: () => 50 });
  client.on('error', () => undefined);
  const publisher = redisPublisher({ client, key: KEY });
  return {
    ...publisher,
    port: server.port,
    source: (port) => {
      const own = new Redis(port, '127.0.0.1', { lazyConnect: true });
      return redisSource({ client: own, key: KEY });
    },
    write: async (text) => {
      const revision = /"revision":(\d+)/.exec(text)?.[1] ?? 'none';
      await client
        .multi()
        .set(KEY, text)
        .set(`${KEY}:revision`, revision)
        .del(`${KEY}:delta`)
        .exec();
      await client.publish(`${KEY}:changed`, '');
    },
    text: async () => (await client.get(KEY)) ?? '',
    wipe: async () => void (await client.flushall()),
    stop: () => server.stop(),
    start: () => server.start(),
    close: async () => {
      client.disconnect();
      await server.close();
    },
  };
}

async function natsStore(server: StoreServer): Promise<Store> {
  const options = { servers: `127.0.0.1:${server.port}` };
  const connection = await connect({ ...options, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  const kv = async (): Promise<KV> => new Kvm(connection).create(BUCKET);
  await kv();
  let publisher = natsPublisher({ connection, bucket: BUCKET, key: KEY });
  return {
    publish: (...args) => publisher.publish(...args),
    patch: (changes) => publisher.patch(changes),
    port: server.port,
    source: (port) => {
      const open = (): Promise<NatsConnection> =>
        connect({ servers: `127.0.0.1:${port}`, timeout: 1000 });
      return natsSource({ connect: open, bucket: BUCKET, key: KEY });
    },
    write: async (text) => void (await (await kv()).put(KEY, text)),
    text: async () => (await (await kv()).get(KEY))?.string() ?? '',
    wipe: async () => {
      await (await kv()).destroy();
      publisher = natsPublisher({ connection, bucket: BUCKET, key: KEY });
    },
    stop: () => server.stop(),
    start: () => server.start(),
    close: async () => {
      await connection.close();
      await server.close();
    },
  };
}

/** A table in memory behind HTTP, as an application's own source may read one. */
async function plainStore(port: number): Promise<Store> {
  let text = '';
  let last = 0;
  let server: Server | undefined;
  const sockets = new Set<Socket>();
  const revisionOf = (): number => Number(/"revision":(\d+)/.exec(text)?.[1] ?? 0);
  const start = async (): Promise<void> => {
    server = createServer((_, response) => response.end(text));
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  };
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) =>
      server === undefined ? resolve(undefined) : server.close(resolve),
    );
    server = undefined;
  };
  const put = (policies: unknown): number => {
    last = Math.max(last + 1, revisionOf() + 1, Date.now());
    text = JSON.stringify({ format: 1, revision: last, policies });
    return last;
  };
  await start();
  return {
    port: (server as unknown as { address(): AddressInfo }).address().port,
    publish: async (policies: CorsLiveLists, { expected } = {}) => {
      if (expected !== undefined && expected !== revisionOf())
        throw new CorsConflictError(expected, revisionOf());
      return put(policies);
    },
    patch: async (changes) => {
      const { policies } = JSON.parse(text) as { policies: Record<string, { origin: string[] }> };
      for (const [name, { add = [], remove = [] }] of Object.entries(changes)) {
        const policy = policies[name] as { origin: string[] };
        policy.origin = [...policy.origin.filter((one) => !remove.includes(one)), ...add];
      }
      return put(policies);
    },
    source: (through) => ({
      name: 'a table',
      read: async (_held, signal): Promise<CorsReading> => {
        const body = await readOver(through, signal);
        return body === '' ? null : (JSON.parse(body) as CorsSnapshot);
      },
    }),
    write: async (given) => void (text = given),
    text: async () => text,
    wipe: async () => void (text = ''),
    stop,
    start,
    close: stop,
  };
}

function readOver(port: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (response: IncomingMessage): void => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(body));
      response.on('error', reject);
    };
    request({ port, host: '127.0.0.1', signal, agent: false }, read).on('error', reject).end();
  });
}
