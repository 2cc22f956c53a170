import { Redis } from 'ioredis';
import { redisPublisher, redisSource } from 'nestjs-cors/redis';
import type { StoreServer } from './servers.js';
import type { Store } from './store.js';

const KEY = 'shop';

export function redisStore(server: StoreServer): Store {
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
    enlarge: async (bytes) => {
      await client.setrange(KEY, bytes - 1, 'x');
      await client.set(`${KEY}:revision`, 'none');
    },
    remove: async () => void (await client.del(KEY)),
    stop: () => server.stop(),
    start: () => server.start(),
    close: async () => {
      client.disconnect();
      await server.close();
    },
  };
}
