import { placeIn, show } from '../protocol/show-value.js';
import type { CorsDelta, CorsListChange } from '../config/live/live-options.js';
import { IssueCollector } from '../config/issues/issue-collector.js';
import { redundancies } from '../config/origins/check-redundant.js';
import { MAX_LIST_LENGTH } from '../config/policies/copy-options.js';
import { isPlainOrigin } from '../config/origins/plain-origin.js';
import {
  NO_ORIGINS,
  OriginsReading,
  PAGE,
  readOrigins,
  type ReadOrigins,
} from '../config/origins/read-origins.js';
import type { LiveValues } from '../config/policies/compile-live.js';
import { changed, LayeredOrigins } from '../protocol/origin/layered-origins.js';
import { OriginTable } from '../protocol/origin/origin-table.js';
import type { ExactOrigins } from '../protocol/origin/exact-origins.js';
import { isRecord } from './envelope.js';
import { tooLong } from './read-list.js';
import { inSlices } from './slices.js';

/** Changes that are kept on top of a list before it is written anew. */
const MOST_LAYERED = 10_000;

/** A change after which a list is written anew anyway: the state, which is read in slices, is no longer way. */
export function isLong({ changes }: CorsDelta): boolean {
  const entries = Object.values(changes).flatMap((change) =>
    isRecord(change) ? [change.add, change.remove] : [],
  );
  return entries.some((list) => Array.isArray(list) && list.length > MOST_LAYERED);
}

/** The lists of a state with a delta applied; every element of it that cannot be right becomes an issue. */
export async function applyDelta(
  held: ReadonlyMap<string, LiveValues>,
  { changes }: CorsDelta,
  issues: IssueCollector,
): Promise<ReadonlyMap<string, LiveValues>> {
  const values = new Map(held);
  for (const [name, change] of Object.entries(changes)) {
    const where = placeIn('live', name);
    const before = values.get(name);
    if (before === undefined) {
      issues.add('unknown-policy', where, `no live policy is named ${show(name)}`, name);
    } else if (!isRecord(change) || !isList(change.add) || !isList(change.remove)) {
      const message = 'a change is { "add": [ … ], "remove": [ … ] }, both lists of origins';
      issues.add('invalid-snapshot', where, message, change);
    } else {
      const origins = await changeList(before.origins, change, where, issues);
      values.set(name, { ...before, origins });
    }
  }
  return values;
}

async function changeList(
  { plain, reach }: ReadOrigins,
  { add = [], remove = [] }: CorsListChange,
  where: string,
  issues: IssueCollector,
): Promise<ReadOrigins> {
  const gone = new Set(remove);
  const added = new Set(add);
  const kept = reach.map(({ pattern }) => pattern.source);
  const others = kept.filter((source) => !gone.has(source) && !added.has(source));
  const reading = new OriginsReading(`${where}.origin`, issues, 0);
  await inSlices(reading.list(others));
  const fresh = new OriginsReading(`${where}.add`, issues, 0);
  const [simple, unusual]: [string[], string[]] = [[], []];
  await inSlices(sorting(add, simple, unusual));
  await inSlices(fresh.list(unusual));
  const [left, right] = [reading.result(), fresh.result()];
  const layered = await settled(changed(plain ?? new Set<string>(), simple, remove));
  const read: ReadOrigins = {
    ...left,
    patterns: [...left.patterns, ...right.patterns],
    reach: [...left.reach, ...right.reach],
    plain: layered,
  };
  const size = read.reach.length + layered.size;
  if (size === 0) return emptied(where, issues);
  if (size > MAX_LIST_LENGTH) return tooLong(`${where}.origin`, issues);
  await inSlices(redundancies({ ...read, plain: new Set(simple) }, `${where}.add`, issues));
  return read;
}

/** Origins that are compared as they are, and whatever else there is. */
function* sorting(
  origins: readonly string[],
  simple: string[],
  unusual: string[],
): Generator<void> {
  for (const [index, origin] of origins.entries()) {
    (isPlainOrigin(origin) ? simple : unusual).push(origin);
    if (index % PAGE === 0) yield;
  }
}

/** An empty list is as wrong as in a whole state. */
function emptied(where: string, issues: IssueCollector): ReadOrigins {
  readOrigins([], `${where}.origin`, issues);
  return NO_ORIGINS;
}

/** Written anew once there are many changes on top of it. */
async function settled(layered: LayeredOrigins): Promise<ExactOrigins> {
  if (layered.added.size + layered.removed.size <= MOST_LAYERED) return layered;
  const table = new OriginTable(layered.size);
  await inSlices(filling(table, layered));
  return table;
}

function* filling(table: OriginTable, origins: Iterable<string>): Generator<void> {
  for (const origin of origins) {
    table.add(origin);
    if (table.size % PAGE === 0) yield;
  }
}

function isList(value: unknown): value is readonly string[] | undefined {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
