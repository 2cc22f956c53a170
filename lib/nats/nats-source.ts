import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type {
  CorsDelta,
  CorsPolicySource,
  CorsReading,
  CorsSnapshot,
} from '../config/live/live-options.js';
import { OwnedConnection, parseState } from '../live/adapters.js';
import { layoutOf, piecesIn, type NatsLayout } from './nats-layout.js';
import { readValue } from './nats-values.js';

/** Options of {@link natsSource}. */
export interface NatsSourceOptions {
  /** Opens a connection; called again after each failure, because the source destroys what failed. */
  readonly connect: () => Promise<NatsConnection>;
  readonly bucket: string;
  /** The key of the state; the others begin with it. */
  readonly key: string;
}

interface Opened {
  readonly connection: NatsConnection;
  readonly kv: KV;
}

/** The last reading, by marks that tell whether the store still has it. */
interface Seen {
  readonly revision: number;
  /** When the bucket was made. */
  readonly bucket: string;
  /** The sequence of the state's own entry. */
  readonly entry: number;
  readonly sequence: number;
}

/**
 * Lists of live policies in a key-value bucket of NATS. `docs/live.md` describes the keys, for other writers.
 *
 * @publicApi
 */
export function natsSource(options: NatsSourceOptions): CorsPolicySource {
  return new NatsSource(options);
}

class NatsSource implements CorsPolicySource {
  readonly name: string;
  private readonly layout: NatsLayout;
  private readonly connection: OwnedConnection<Opened>;
  private hint: (() => void) | undefined;
  private seen: Seen | undefined;

  constructor(private readonly options: NatsSourceOptions) {
    this.name = `NATS bucket ${options.bucket}, key ${options.key}`;
    this.layout = layoutOf(options.key);
    this.connection = new OwnedConnection<Opened>({
      open: () => this.open(),
      destroy: ({ connection }) => void connection.close().catch(() => undefined),
    });
  }

  read(held: number | undefined, signal: AbortSignal): Promise<CorsReading> {
    return this.connection.use(signal, ({ kv }) => this.readFrom(kv, held));
  }

  watch(hint: () => void): () => void {
    this.hint = hint;
    return () => (this.hint = undefined);
  }

  close(): void {
    this.connection.close();
  }

  private async readFrom(kv: KV, held: number | undefined): Promise<CorsReading> {
    const { streamInfo } = await kv.status();
    // A bucket that is made anew counts from one again.
    const bucket = String(streamInfo.created);
    const sequence = streamInfo.state.last_seq;
    const seen =
      this.seen?.revision === held && this.seen?.bucket === bucket ? this.seen : undefined;
    if (held !== undefined && seen?.sequence === sequence) return 'unchanged';
    const { state, delta } = this.layout;
    const entry = await kv.get(state);
    if (entry === null || entry.operation !== 'PUT') return null;
    if (held !== undefined && seen?.entry === entry.revision) {
      this.seen = { ...seen, sequence }; // something else in the bucket is new
      return 'unchanged';
    }
    const answer = await this.answerFrom(
      kv,
      entry.value,
      held && (await changeFrom(kv, delta, held)),
    );
    this.seen = { revision: answer.revision, bucket, entry: entry.revision, sequence };
    return answer;
  }

  private async answerFrom(
    kv: KV,
    value: Uint8Array,
    change: CorsDelta | 0 | undefined,
  ): Promise<CorsSnapshot | CorsDelta> {
    if (change && piecesIn(value)?.revision === change.revision) return change;
    const answer = await parseState(await readValue(kv, this.layout.state, value));
    return change && change.revision === answer.revision ? change : answer;
  }

  private async open(): Promise<Opened> {
    const { connect, bucket, key } = this.options;
    const connection = await connect();
    try {
      const kv = await new Kvm(connection).open(bucket);
      void this.listen(kv, key);
      return { connection, kv };
    } catch (error) {
      void connection.close().catch(() => undefined);
      throw error;
    }
  }

  /** Ends with the connection. */
  private async listen(kv: KV, key: string): Promise<void> {
    try {
      const entries = await kv.watch({ key, include: 'updates', headers_only: true });
      for await (const _ of entries) this.hint?.();
    } catch {
      // the poll is what is relied on
    }
  }
}

async function changeFrom(kv: KV, key: string, held: number): Promise<CorsDelta | undefined> {
  const entry = await kv.get(key);
  if (entry === null || entry.operation !== 'PUT') return undefined;
  try {
    const delta = entry.json<Partial<CorsDelta> | null>();
    return delta?.since === held ? (delta as CorsDelta) : undefined;
  } catch {
    return undefined; // the state itself is read
  }
}
