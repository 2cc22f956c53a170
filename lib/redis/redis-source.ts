import type { Redis } from 'ioredis';
import type { CorsDelta, CorsPolicySource, CorsReading } from '../config/live/live-options.js';
import { LARGEST_STATE, OwnedConnection, parseState, tooLarge } from '../live/adapters.js';
import { layoutOf, type RedisLayout } from './redis-layout.js';

/** Options of {@link redisSource}. */
export interface RedisSourceOptions {
  /** A client, of which only the options are used: the source has connections of its own. */
  readonly client: Redis;
  /** The key of the state; the others begin with it. */
  readonly key: string;
}

/** Bytes that are read in one go. */
const CHUNK = 1 << 20;
/** Bytes of a change; a longer one is no shorter way than the whole state. */
const LARGEST_DELTA = 1 << 20;
const CONNECT_TIMEOUT = 1000;

interface Connections {
  readonly data: Redis;
  readonly notices: Redis;
}

/** The last reading, by marks that tell whether the store still has it. */
interface Seen {
  readonly revision: number;
  readonly stamp: string;
}

/**
 * Lists of live policies in Redis, over `ioredis`. `docs/live.md` describes the keys, for other writers.
 *
 * @publicApi
 */
export function redisSource({ client, key }: RedisSourceOptions): CorsPolicySource {
  return new RedisSource(client, key);
}

class RedisSource implements CorsPolicySource {
  readonly name: string;
  private readonly layout: RedisLayout;
  private readonly connection: OwnedConnection<Connections>;
  private hint: (() => void) | undefined;
  private seen: Seen | undefined;

  constructor(
    private readonly client: Redis,
    key: string,
  ) {
    this.name = `Redis key ${key}`;
    this.layout = layoutOf(key);
    this.connection = new OwnedConnection<Connections>({
      open: (givenUp) => this.open(givenUp),
      destroy,
    });
  }

  read(held: number | undefined, signal: AbortSignal): Promise<CorsReading> {
    return this.connection.use(signal, ({ data }) => this.readFrom(data, held, signal));
  }

  watch(hint: () => void): () => void {
    this.hint = hint;
    return () => (this.hint = undefined);
  }

  close(): void {
    this.connection.close();
  }

  private async readFrom(
    data: Redis,
    held: number | undefined,
    signal: AbortSignal,
  ): Promise<CorsReading> {
    const { state, revision, delta } = this.layout;
    const stamp = (): Promise<[string | null, number, number]> =>
      Promise.all([data.get(revision), data.strlen(state), data.strlen(delta)]);
    const [before, length, deltaLength] = await stamp();
    if (length === 0) return null;
    const seen = `${before} ${length}`;
    if (held !== undefined && this.seen?.revision === held && this.seen.stamp === seen)
      return 'unchanged';
    if (held !== undefined && deltaLength > 0 && deltaLength <= LARGEST_DELTA) {
      const change = changeFrom(await data.get(delta), held, before);
      if (change !== undefined) return this.remember(change, seen);
    }
    const bytes = await this.whole(data, length);
    const [after, lengthAfter] = await stamp();
    if (after !== before || lengthAfter !== length)
      throw new Error('the state changed while it was read');
    if (signal.aborted) throw signal.reason;
    return this.remember(await parseState(bytes), seen);
  }

  private remember<Answer extends { readonly revision: number }>(
    answer: Answer,
    stamp: string,
  ): Answer {
    this.seen = { revision: answer.revision, stamp };
    return answer;
  }

  /** In pieces: one reply of thirty megabytes would be put together in one go. */
  private async whole(data: Redis, length: number): Promise<Buffer> {
    if (length > LARGEST_STATE) throw tooLarge();
    const { state } = this.layout;
    const bytes = Buffer.allocUnsafe(length);
    for (let from = 0; from < length; from += CHUNK) {
      const piece = await data.getrangeBuffer(state, from, from + CHUNK - 1);
      piece.copy(bytes, from);
    }
    return bytes;
  }

  /** No queue and no retries: the poll is what tries again. */
  private async open(givenUp: AbortSignal): Promise<Connections> {
    const options = {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
      connectTimeout: CONNECT_TIMEOUT,
      autoResubscribe: false,
    };
    const [data, notices] = [this.client.duplicate(options), this.client.duplicate(options)];
    for (const connection of [data, notices]) connection.on('error', () => undefined); // its caller is told
    givenUp.addEventListener('abort', () => destroy({ data, notices }), { once: true });
    try {
      await Promise.all([data.connect(), notices.connect()]);
      notices.on('message', () => this.hint?.());
      await notices.subscribe(this.layout.changed);
      return { data, notices };
    } catch (error) {
      destroy({ data, notices });
      throw error;
    }
  }
}

/** A change that leads from what is held to what the store has. */
function changeFrom(
  text: string | null,
  held: number,
  revision: string | null,
): CorsDelta | undefined {
  try {
    const delta = JSON.parse(text ?? 'null') as Partial<CorsDelta> | null;
    if (delta?.since !== held || String(delta.revision) !== revision) return undefined;
    return delta as CorsDelta;
  } catch {
    return undefined; // the state itself is read
  }
}

/** Without a farewell, which a connection that carries nothing would wait for. */
function destroy({ data, notices }: Connections): void {
  for (const connection of [data, notices]) {
    const { stream } = connection as { stream?: { destroy(): void } };
    connection.disconnect();
    stream?.destroy();
  }
}
