import type { CorsPolicySource } from '../../config/live/live-options.js';
import type { CorsPublisher } from '../../live/adapters.js';
import type { CliOptions } from '../arguments.js';
import { CliError } from '../cli-error.js';

/** A store of states, open. */
export interface OpenStore {
  /** How messages call it; no secrets. */
  readonly name: string;
  readonly source: CorsPolicySource;
  readonly publisher: CorsPublisher;
  close(): Promise<void>;
}

/** The place of a state in a store. */
export interface StorePlace {
  readonly url: URL;
  readonly kind: StoreKind;
  readonly key: string;
  readonly bucket: string | undefined;
}

type Opener = (place: StorePlace) => Promise<OpenStore>;

/** A kind of store. Its client is loaded where such a store is named, and nowhere else. */
interface StoreKind {
  readonly packages: string;
  readonly load: () => Promise<Opener>;
}

const REDIS: StoreKind = {
  packages: 'ioredis',
  load: async () => (await import('./redis-store.js')).redisStore,
};
const NATS: StoreKind = {
  packages: '@nats-io/transport-node @nats-io/kv',
  load: async () => (await import('./nats-store.js')).natsStore,
};
const KINDS: Readonly<Record<string, StoreKind>> = {
  'redis:': REDIS,
  'rediss:': REDIS,
  'nats:': NATS,
  'tls:': NATS,
};

/** @throws CliError where the store is not named well */
export function readPlace({ store, key, bucket }: CliOptions): StorePlace {
  const url = store === undefined || !URL.canParse(store) ? undefined : new URL(store);
  const kind = url && Object.hasOwn(KINDS, url.protocol) ? KINDS[url.protocol] : undefined;
  if (url === undefined || kind === undefined || key === undefined)
    throw new CliError(
      'the store is named by its URL and the key of the state: --store redis://localhost:6379 --key shop:cors, or --store nats://localhost:4222 --bucket cors --key shop',
    );
  if (kind === NATS && bucket === undefined)
    throw new CliError('a state in NATS is in a bucket: --bucket cors');
  return { url, kind, key, bucket };
}

/** @throws CliError where the store's client is not installed, or nobody answers */
export async function openStore(place: StorePlace): Promise<OpenStore> {
  try {
    const open = await place.kind.load();
    return await open(place);
  } catch (error) {
    throw new CliError(messageFor(error as NodeJS.ErrnoException, place));
  }
}

function messageFor({ code, message }: NodeJS.ErrnoException, { url, kind }: StorePlace): string {
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return `a store at ${url.protocol}// needs a package that is not installed: npm install ${kind.packages}\n${message}`;
  return `the store at ${url.protocol}//${url.host} does not answer: ${message}`;
}
