import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CorsSnapshot } from '../config/live/live-options.js';
import { isRecord } from './envelope.js';
import { ListScanner, type LongList } from './list-scanner.js';
import { Refusal } from './refusal.js';
import { inSlices } from './slices.js';

/** Bytes of a state. */
export const LARGEST_STATE = 64 * 1024 * 1024;
/** Bytes of a state besides its long lists; JSON that is parsed in one go. */
const LARGEST_FRAME = 1024 * 1024;

/**
 * Reads the text of a state. Long lists become pages, each parsed when it is asked for: a million origins in one go would keep
 * everybody waiting for a third of a second.
 *
 * @throws Refusal where it is too large, or not JSON
 */
export async function parseState(bytes: Buffer): Promise<CorsSnapshot> {
  if (bytes.length > LARGEST_STATE) throw refuse(`it has more than ${LARGEST_STATE} bytes`);
  const scanner = new ListScanner(bytes);
  await inSlices(scanner.scan());
  const mark = randomBytes(12).toString('hex');
  const frame = parse(frameOf(bytes, scanner.found, mark));
  if (!isRecord(frame)) throw refuse('it is no object');
  if (isRecord(frame['policies'])) {
    for (const policy of Object.values(frame['policies']))
      insertPages(policy, bytes, scanner, mark);
  }
  return frame as unknown as CorsSnapshot;
}

/** The text without its long lists. */
function frameOf(bytes: Buffer, lists: readonly LongList[], mark: string): string {
  const pieces: Buffer[] = [];
  let from = 0;
  let size = 0;
  for (const [index, { start, end }] of lists.entries()) {
    pieces.push(bytes.subarray(from, start), Buffer.from(`"${mark} ${index}"`));
    size += start - from;
    from = end;
  }
  pieces.push(bytes.subarray(from));
  size += bytes.length - from;
  if (size > LARGEST_FRAME)
    throw refuse(`it has ${size} bytes besides lists that are closed where lists belong`);
  return Buffer.concat(pieces).toString('utf8');
}

function insertPages(policy: unknown, bytes: Buffer, { found }: ListScanner, mark: string): void {
  if (!isRecord(policy)) return;
  for (const [key, value] of Object.entries(policy)) {
    if (typeof value !== 'string' || !value.startsWith(`${mark} `)) continue;
    const list = found[Number(value.slice(mark.length + 1))];
    if (list === undefined) continue;
    // Other lists have 128 entries at most: this one is too long, and is to be found to be.
    policy[key] = key === 'origin' ? pagesOf(bytes, list) : Array.from({ length: list.count });
    if (key === 'origin') policy['count'] = list.count;
  }
}

async function* pagesOf(
  bytes: Buffer,
  { start, end, cuts }: LongList,
): AsyncGenerator<readonly string[]> {
  let from = start + 1;
  for (const cut of [...cuts, end - 1]) {
    const text = bytes.toString('utf8', from, cut);
    yield parse(`[${text}]`) as readonly string[];
    from = cut + 1;
    await setImmediate();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(`it is no JSON: ${(error as Error).message}`);
  }
}

function refuse(what: string): Refusal {
  return Refusal.of(
    'invalid-snapshot',
    'live',
    `${what}; publish the state again, whole, as the publishers do`,
  );
}
