import { Kvm, type KV, type KvEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { CorsListChange } from '../config/live/live-options.js';
import {
  afterRevision,
  BEFORE_REVISION,
  CorsConflictError,
  parseState,
  patched,
  type CorsPublisher,
} from '../live/adapters.js';
import { layoutOf, type NatsLayout } from './nats-layout.js';
import { purgePieces, readValue, writePieces } from './nats-values.js';

/** Options of {@link natsPublisher}. */
export interface NatsPublisherOptions {
  readonly connection: NatsConnection;
  /** Made where it is not there. */
  readonly bucket: string;
  /** The key of the state, as for the source. */
  readonly key: string;
}

/** Writers at the same time; whoever loses to more of them is told of a conflict. */
const MOST_TRIES = 20;

/** The state as the store has it. */
interface Stored {
  readonly entry: KvEntry | undefined;
  readonly bytes: Buffer | undefined;
  readonly revision: number;
}

/**
 * Writes lists of live policies to a key-value bucket of NATS, by compare-and-set.
 *
 * @publicApi
 */
export function natsPublisher(options: NatsPublisherOptions): CorsPublisher {
  const publisher = new NatsPublisher(options);
  return {
    publish: (policies, { expected } = {}) =>
      publisher.write(expected, () => Promise.resolve({ text: afterRevision(policies) })),
    patch: (changes) => publisher.patch(changes),
  };
}

interface Written {
  readonly text: string;
  readonly change?: string;
}

class NatsPublisher {
  private readonly layout: NatsLayout;
  private bucket: Promise<KV> | undefined;

  constructor(private readonly options: NatsPublisherOptions) {
    this.layout = layoutOf(options.key);
  }

  patch(changes: Readonly<Record<string, CorsListChange>>): Promise<number> {
    return this.write(undefined, async ({ bytes }) => {
      if (bytes === undefined) throw new Error('nothing is published yet; publish a whole state');
      const { since, text } = await patched(bytes, changes);
      return { text, change: `,"since":${since},"changes":${JSON.stringify(changes)}}` };
    });
  }

  /** Where somebody else was faster: again, on top of what that one wrote, unless a revision was expected. */
  async write(
    expected: number | undefined,
    make: (stored: Stored) => Promise<Written>,
  ): Promise<number> {
    const kv = await this.open();
    for (let tries = 1; ; tries += 1) {
      const stored = await this.stored(kv);
      if (expected !== undefined && expected !== stored.revision)
        throw new CorsConflictError(expected, stored.revision);
      const revision = await this.put(kv, stored, await make(stored));
      if (revision !== undefined) return revision;
      if (tries === MOST_TRIES) {
        const { revision: found } = await this.stored(kv);
        throw new CorsConflictError(stored.revision, found);
      }
    }
  }

  /** @returns `undefined` where somebody else was faster */
  private async put(
    kv: KV,
    stored: Stored,
    { text, change }: Written,
  ): Promise<number | undefined> {
    const { state, delta } = this.layout;
    const revision = Math.max(stored.revision + 1, await this.clock(kv));
    const value = await writePieces(
      kv,
      state,
      revision,
      Buffer.from(BEFORE_REVISION + revision + text),
    );
    if (change !== undefined) await kv.put(delta, BEFORE_REVISION + revision + change);
    try {
      if (stored.entry === undefined) await kv.create(state, value);
      else await kv.update(state, value, stored.entry.revision);
    } catch (error) {
      await purgePieces(kv, state, Buffer.from(value));
      if (isConflict(error)) return undefined;
      throw error;
    }
    if (stored.entry !== undefined) await purgePieces(kv, state, stored.entry.value);
    return revision;
  }

  /** The store's own clock: replicas and writers may have others. */
  private async clock(kv: KV): Promise<number> {
    const { clock } = this.layout;
    await kv.put(clock, '');
    return (await kv.get(clock))?.created.getTime() ?? 0;
  }

  private async stored(kv: KV): Promise<Stored> {
    const { state } = this.layout;
    const entry = await kv.get(state);
    if (entry === null || entry.operation !== 'PUT')
      return { entry: undefined, bytes: undefined, revision: 0 };
    try {
      const bytes = await readValue(kv, state, entry.value);
      const { revision } = await parseState(bytes);
      return { entry, bytes, revision: Number.isSafeInteger(revision) ? revision : 0 };
    } catch {
      return { entry, bytes: undefined, revision: 0 }; // rubbish, to be overwritten
    }
  }

  private open(): Promise<KV> {
    const { connection, bucket } = this.options;
    this.bucket ??= new Kvm(connection).create(bucket);
    this.bucket.catch(() => (this.bucket = undefined));
    return this.bucket;
  }
}

/** JetStream's "wrong last sequence", and what `create()` says of a key that is there. */
function isConflict(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return code === 10071 || /wrong last sequence|key exists/i.test(message ?? '');
}
