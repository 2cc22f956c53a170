import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { Redis } from 'ioredis';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CorsPolicySource, CorsSnapshot } from 'nestjs-cors';
import { natsPublisher, natsSource } from 'nestjs-cors/nats';
import { redisPublisher, redisSource } from 'nestjs-cors/redis';

/** A store as the demonstration needs it. */
export interface Store {
  readonly name: string;
  source(): CorsPolicySource;
  publish(origins: readonly string[]): Promise<unknown>;
  /** Takes everything away that the store has. */
  wipe(): Promise<unknown>;
  close(): Promise<void>;
}

const KEY = 'nestjs-cors-sample';
export const NATS = { bucket: 'cors', key: KEY };

/** A store that is asked for has to run. */
function notThere(name: string, command: string): (error: unknown) => never {
  return (cause) => {
    throw new Error(`${name} does not answer on this machine; start it with \`${command}\``, {
      cause,
    });
  };
}

/** A file in place of a store: nothing has to be installed. */
export async function fileStore(): Promise<Store> {
  const path = join(await mkdtemp(join(tmpdir(), 'nestjs-cors-live-')), 'policies.json');
  const publish = async (origin: readonly string[]): Promise<void> => {
    const state = { format: 1, revision: Date.now(), policies: { tenants: { origin } } };
    await writeFile(`${path}.new`, JSON.stringify(state));
    await rename(`${path}.new`, path);
  };
  const read = async (held: number | undefined): Promise<CorsSnapshot | 'unchanged'> => {
    const state = JSON.parse(await readFile(path, 'utf8')) as CorsSnapshot;
    return state.revision === held ? 'unchanged' : state;
  };
  const wipe = (): Promise<void> => rm(path);
  return { name: path, source: () => ({ name: path, read }), publish, wipe, close: async () => {} };
}

export async function redisStore(): Promise<Store> {
  const client = new Redis({ lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined); // whoever waits for the client is told
  await client.connect().catch(notThere('Redis', 'redis-server'));
  const publisher = redisPublisher({ client, key: KEY });
  return {
    name: `Redis, key ${KEY}`,
    source: () => redisSource({ client, key: KEY }),
    publish: (origin) => publisher.publish({ tenants: { origin } }),
    wipe: () => client.del(KEY, `${KEY}:revision`, `${KEY}:delta`),
    close: async () => client.disconnect(),
  };
}

export async function natsStore(): Promise<Store> {
  const asked = 'nats-server --jetstream';
  const connection = await connect().catch(notThere('NATS', asked));
  await new Kvm(connection).create(NATS.bucket).catch(notThere('JetStream of NATS', asked));
  const publisher = natsPublisher({ connection, ...NATS });
  return {
    name: `NATS, bucket ${NATS.bucket}, key ${KEY}`,
    source: () => natsSource({ connect: () => connect(), ...NATS }),
    publish: (origin) => publisher.publish({ tenants: { origin } }),
    wipe: async () => (await new Kvm(connection).open(NATS.bucket)).delete(KEY),
    close: () => connection.close(),
  };
}
