import { Kvm, type KV } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { natsPublisher, natsSource } from 'nestjs-cors/nats';
import type { StoreServer } from './servers.js';
import type { Store } from './store.js';

const KEY = 'shop';
const BUCKET = 'cors';

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
