import type { Redis } from 'ioredis';
import type { CorsListChange } from '../config/live/live-options.js';
import {
  afterRevision,
  BEFORE_REVISION,
  CorsConflictError,
  patched,
  type CorsLiveLists,
  type CorsPublisher,
} from '../live/adapters.js';
import { layoutOf } from './redis-layout.js';

/** Options of {@link redisPublisher}. */
export interface RedisPublisherOptions {
  readonly client: Redis;
  /** The key of the state, as for the source. */
  readonly key: string;
}

/**
 * One step: the revision, the state and the change are written together, or nothing is. `max(last + 1, clock)` goes on above
 * what replicas hold even where the store was emptied.
 */
const WRITE = `
local last = tonumber(redis.call('GET', KEYS[2]) or '0') or 0
if ARGV[1] ~= '' and tonumber(ARGV[1]) ~= last then
  return redis.error_reply('CONFLICT ' .. string.format('%.0f', last))
end
local now = redis.call('TIME')
local clock = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000)
local revision = string.format('%.0f', math.max(last + 1, clock))
redis.call('SET', KEYS[1], ARGV[2] .. revision .. ARGV[3])
redis.call('SET', KEYS[2], revision)
if ARGV[4] == '' then redis.call('DEL', KEYS[3])
else redis.call('SET', KEYS[3], ARGV[2] .. revision .. ARGV[4]) end
redis.call('PUBLISH', ARGV[5], revision)
return revision`;

/** Writers that patch at the same time. */
const MOST_TRIES = 20;

/**
 * Writes lists of live policies to Redis.
 *
 * @publicApi
 */
export function redisPublisher({ client, key }: RedisPublisherOptions): CorsPublisher {
  const { state, revision, delta, changed } = layoutOf(key);
  const write = async (
    expected: number | undefined,
    text: string,
    change: string,
  ): Promise<number> => {
    const args = [
      expected === undefined ? '' : String(expected),
      BEFORE_REVISION,
      text,
      change,
      changed,
    ];
    try {
      return Number(await client.eval(WRITE, 3, state, revision, delta, ...args));
    } catch (error) {
      const [, found] = /CONFLICT (\d+)/.exec((error as Error).message) ?? [];
      throw found === undefined ? error : new CorsConflictError(expected ?? 0, Number(found));
    }
  };
  const patchOnce = async (changes: Readonly<Record<string, CorsListChange>>): Promise<number> => {
    const bytes = await client.getBuffer(state);
    if (bytes === null)
      throw new Error(`nothing is published under ${state} yet; publish a whole state`);
    const { since, text } = await patched(bytes, changes);
    return write(since, text, `,"since":${since},"changes":${JSON.stringify(changes)}}`);
  };
  return {
    publish: (policies: CorsLiveLists, { expected } = {}) =>
      write(expected, afterRevision(policies), ''),
    patch: (changes) => retried(() => patchOnce(changes)),
  };
}

/** Somebody else was faster: from the start, on top of what that one wrote. */
async function retried(work: () => Promise<number>): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CorsConflictError) || tries === MOST_TRIES) throw error;
    }
  }
}
