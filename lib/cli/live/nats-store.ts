import type { NatsConnection } from '@nats-io/transport-node';
import type { OpenStore, StorePlace } from './open-store.js';

/** A state in a bucket of NATS. */
export async function natsStore({ url, bucket = '', key }: StorePlace): Promise<OpenStore> {
  const { connect: open } = await import('@nats-io/transport-node');
  const { natsPublisher, natsSource } = await import('../../nats/index.js');
  const connect = (): Promise<NatsConnection> => open(connectionOptions(url));
  const connection = await connect();
  const source = natsSource({ connect, bucket, key });
  return {
    name: `${url.protocol}//${url.host}, bucket ${bucket}, key ${key}`,
    source,
    publisher: natsPublisher({ connection, bucket, key }),
    close: async () => {
      await source.close?.();
      await connection.close();
    },
  };
}

/** A user without a password is a token, as in NATS's own tools. */
function connectionOptions({ protocol, host, username, password }: URL): object {
  const [user, pass] = [username, password].map(decodeURIComponent);
  const login = password === '' ? { token: user } : { user, pass };
  return {
    servers: host,
    timeout: 5000,
    reconnect: false,
    ...(username !== '' && login),
    ...(protocol === 'tls:' && { tls: {} }),
  };
}
