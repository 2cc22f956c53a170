import type { OpenStore, StorePlace } from './open-store.js';

/** A state in Redis; the first failure is told, not retried. */
export async function redisStore({ url, key }: StorePlace): Promise<OpenStore> {
  const { Redis } = await import('ioredis');
  const { redisPublisher, redisSource } = await import('../../redis/index.js');
  const options = { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5000 };
  const client = new Redis(url.href, options);
  let reason: Error | undefined;
  client.on('error', (error: Error) => (reason = error));
  try {
    await client.connect();
  } catch (error) {
    throw reason ?? error; // "Connection is closed" says less than why it was
  }
  const source = redisSource({ client, key });
  return {
    name: `${url.protocol}//${url.host}, key ${key}`,
    source,
    publisher: redisPublisher({ client, key }),
    close: async () => {
      await source.close?.();
      client.disconnect();
    },
  };
}
