import { Kvm, type KV } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { natsPublisher, natsSource } from 'nestjs-cors/nats';
import type { StoreServer } from './servers.js';
import type { Store } from './store.js';

const KEY = 'shop';
const BUCKET = 'cors';
/** Bytes of a piece, as the guide says it to other writers. */
const PIECE = 512 * 1024;

export async function natsStore(server: StoreServer): Promise<Store> {
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
    write: async (text) => write(await kv(), text),
    text: async () => (await (await kv()).get(KEY))?.string() ?? '',
    wipe: async () => {
      await (await kv()).destroy();
      publisher = natsPublisher({ connection, bucket: BUCKET, key: KEY });
    },
    enlarge: async (bytes) => {
      const pointer = { format: 1, revision: 1, pieces: Math.ceil(bytes / PIECE), bytes };
      await (await kv()).put(KEY, JSON.stringify(pointer));
    },
    remove: async () => (await kv()).delete(KEY),
    stop: () => server.stop(),
    start: () => server.start(),
    close: async () => {
      await connection.close();
      await server.close();
    },
  };
}

/** In pieces, where it is too long for one message. */
async function write(kv: KV, text: string): Promise<void> {
  const [bytes, revision] = [Buffer.from(text), Date.now()];
  const pieces = Math.ceil(bytes.length / PIECE);
  if (pieces <= 1) return void (await kv.put(KEY, text));
  for (let index = 0; index < pieces; index += 1)
    await kv.put(`${KEY}.${revision}.${index}`, bytes.subarray(index * PIECE, (index + 1) * PIECE));
  await kv.put(KEY, JSON.stringify({ format: 1, revision, pieces, bytes: bytes.length }));
}
