import { setImmediate } from 'node:timers/promises';
import type { CorsLivePolicy } from '../config/live/live-options.js';
import { MAX_LIST_LENGTH } from '../config/policies/copy-options.js';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { redundancies } from '../config/origins/check-redundant.js';
import { OriginsReading, readOrigins, type ReadOrigins } from '../config/origins/read-origins.js';
import { show } from '../protocol/show-value.js';
import { within } from './deadline.js';
import { inSlices } from './slices.js';

type Pages = AsyncIterable<readonly string[]>;

/** Reads the origins that a source gives a policy, in slices; every element that cannot be right becomes an issue. */
export async function readList(
  { origin, count }: CorsLivePolicy,
  where: string,
  pageDeadline: number,
  issues: IssueCollector,
): Promise<ReadOrigins> {
  if (isPages(origin)) return readPages(origin, count, where, pageDeadline, issues);
  if (origin === false || (Array.isArray(origin) && origin.length === 0))
    return readOrigins(origin, where, issues);
  if (!Array.isArray(origin)) {
    const message = `\`origin\` is ${show(origin)}; a source lists origins, or says false for nobody`;
    issues.add('invalid-origin-type', where, message, origin);
    return readOrigins(false, where, issues);
  }
  if (origin.length > MAX_LIST_LENGTH) return tooLong(where, issues);
  const reading = new OriginsReading(where, issues, origin.length);
  await inSlices(reading.list(origin));
  return finish(reading, where, issues);
}

async function readPages(
  pages: Pages,
  count: number | undefined,
  where: string,
  pageDeadline: number,
  issues: IssueCollector,
): Promise<ReadOrigins> {
  if (count === undefined) return readCollected(pages, where, pageDeadline, issues);
  if (!Number.isSafeInteger(count) || count < 0 || count > MAX_LIST_LENGTH)
    return tooLong(where, issues);
  if (count === 0) return readOrigins([], where, issues);
  const reading = new OriginsReading(where, issues, count);
  let seen = 0;
  for await (const page of eachPage(pages, pageDeadline)) {
    seen += page.length;
    if (seen > count) break;
    await inSlices(reading.list(page));
  }
  if (seen === count) return finish(reading, where, issues);
  const message = `\`count\` says ${count} origins, and ${seen > count ? 'more' : `only ${seen}`} came; the state is not whole`;
  issues.add('invalid-snapshot', where, message, count);
  return readOrigins(false, where, issues);
}

/** Nobody said how many there are: they are counted first. */
async function readCollected(
  pages: Pages,
  where: string,
  pageDeadline: number,
  issues: IssueCollector,
): Promise<ReadOrigins> {
  const collected: (readonly string[])[] = [];
  let count = 0;
  for await (const page of eachPage(pages, pageDeadline)) {
    count += page.length;
    if (count > MAX_LIST_LENGTH) return tooLong(where, issues);
    collected.push(page);
    await setImmediate();
  }
  if (count === 0) return readOrigins([], where, issues);
  const reading = new OriginsReading(where, issues, count);
  for (const page of collected) await inSlices(reading.list(page));
  return finish(reading, where, issues);
}

async function finish(
  reading: OriginsReading,
  where: string,
  issues: IssueCollector,
): Promise<ReadOrigins> {
  const read = reading.result();
  await inSlices(redundancies(read, where, issues));
  return read;
}

/** Pages may come over a network: each has its own deadline. */
async function* eachPage(pages: Pages, deadline: number): AsyncGenerator<readonly string[]> {
  const iterator = pages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await within(deadline, () => Promise.resolve(iterator.next()));
      if (done === true) return;
      yield value as readonly string[];
    }
  } finally {
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

/** Refused, however its entries come. */
export function tooLong(where: string, issues: IssueCollector): ReadOrigins {
  const message = `the list has more than ${MAX_LIST_LENGTH} entries; decide about so many in a predicate`;
  issues.add('list-too-long', where, message);
  return readOrigins(false, where, issues);
}

function isPages(value: unknown): value is Pages {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
