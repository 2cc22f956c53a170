import { closedPort } from '../../../support/ports.js';
import { natsStore } from './nats-store.js';
import { plainStore } from './plain-store.js';
import { redisStore } from './redis-store.js';
import { StoreServer } from './servers.js';
import type { Store } from './store.js';

export type { Store } from './store.js';

export type StoreName = 'plain source' | 'Redis' | 'NATS';

export const STORES: readonly StoreName[] = ['plain source', 'Redis', 'NATS'];

export async function openStore(name: StoreName): Promise<Store> {
  if (name === 'Redis') return redisStore(await StoreServer.redis());
  if (name === 'NATS') return natsStore(await StoreServer.nats());
  return plainStore(await closedPort());
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
