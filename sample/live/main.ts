import { Replica } from './replica.js';
import { fileStore, natsStore, redisStore } from './stores.js';

const ORIGINS = ['https://a.tenant.example', 'https://b.tenant.example'] as const;
const [A, B] = ORIGINS;

const open = process.argv.includes('--redis')
  ? redisStore
  : process.argv.includes('--nats')
    ? natsStore
    : fileStore;
const store = await open().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
console.log(`store: ${store.name}`);
await store.publish([A]);
const replicas = await Promise.all(
  ['replica 1', 'replica 2'].map((name) => Replica.start(name, store.source())),
);

async function show(what: string): Promise<void> {
  console.log(what);
  for (const replica of replicas) await replica.show(ORIGINS);
}

async function publish(origins: readonly string[]): Promise<void> {
  const changed = Promise.all(replicas.map((replica) => replica.changed()));
  await store.publish(origins);
  await changed;
}

await show('at start');
await publish([A, B]);
await show('b is published');
await publish([B]);
await show('a is revoked');
const stale = Promise.all(replicas.map((replica) => replica.stale()));
await store.wipe();
await stale;
await show('the store has lost everything');
await publish([A]);
await show('a is published again');
await Promise.all(replicas.map((replica) => replica.close()));
await store.close();
