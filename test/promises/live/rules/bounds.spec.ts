import type { CorsReading } from 'nestjs-cors';
import { parseState } from '../../../../lib/live/parse-state.js';
import { until } from '../../../support/until.js';
import { A } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';
import { expectRefusal, pages, type RefusedRow } from '../support/refused.js';
import { starting } from '../support/starting.js';

const MOST = 1_000_000;
const LARGEST = 64 * 1024 * 1024;

const BY_HAND = { pollEvery: 60_000, deadline: 50_000 };

const added = (revision: number, add: readonly string[]): CorsReading => ({
  format: 1,
  revision,
  since: revision - 1,
  changes: { tenants: { add } },
});

/** Nobody may ask for one of its pages. */
async function* unread(): AsyncGenerator<readonly string[]> {
  yield await Promise.reject(new Error('a page was read'));
}

/** States that are refused whole. Of rule 20. */
const REFUSED: readonly RefusedRow[] = [
  ['more than a million', { tenants: { origin: unread(), count: MOST + 1 } }, 'list-too-long live.tenants.origin'],
  ['a million and one, one by one', { tenants: { origin: Array.from({ length: MOST + 1 }, () => '?') } }, 'list-too-long live.tenants.origin'],
  ['a million and one in pages that nobody counted', { tenants: { origin: pages(Array.from({ length: MOST }, () => '?'), ['?']) } }, 'list-too-long live.tenants.origin'],
]; // prettier-ignore

describe('live policies', () => {
  const start = starting('fastify');

  it.each(REFUSED)('refuse %s, and stay as they were', async (_, policies, refused) => {
    await expectRefusal(start, policies, refused);
  });

  // Rule 20: by whatever way a list gets longer.
  it('refuse a change that makes a list of a million longer', async () => {
    async function* million(): AsyncGenerator<readonly string[]> {
      for (let from = 0; from < MOST; from += 1000)
        yield Array.from({ length: 1000 }, (_unused, index) => `https://t${from + index}.example`);
    }
    const tenants = { origin: million(), count: MOST };
    const source = new MemorySource({ format: 1, revision: 1, policies: { tenants } });
    const { live, allowed } = await start(source, { ...BY_HAND, startTimeout: 200_000 });
    const codes: string[] = [];
    live.on('rejected', ({ issues }) => codes.push(...issues.map(({ code }) => code)));
    source.say(added(2, ['https://one-more.example']));
    await until(() => live.status().rejected === 1);
    expect([codes, await allowed('https://t999999.example')]).toEqual([['list-too-long'], true]);
  });

  // Rules 8 and 20: a long change would keep everybody waiting, and the state does not.
  it('are read whole where a change is long', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, allowed } = await start(source, BY_HAND);
    const many = Array.from({ length: 10_001 }, (_, index) => `https://t${index}.example`);
    source.answer = (held) => (held === undefined ? state(2, [A, ...many]) : added(2, many));
    await live.reconcile();
    expect([source.reads, live.status().revision]).toEqual([[undefined, 1, undefined], 2]);
    expect(await allowed('https://t10000.example')).toBe(true);
  });
});

// Rule 20: neither would be JSON, which is not found out.
describe('the text of a state', () => {
  it('is refused by its length before it is read', async () => {
    const refusal = {
      name: 'CorsRefusal',
      message: expect.stringContaining(`more than ${LARGEST} bytes`),
    };
    await expect(parseState(Buffer.alloc(LARGEST + 1))).rejects.toMatchObject(refusal);
    await expect(parseState(Buffer.alloc(LARGEST))).rejects.not.toMatchObject(refusal);
  });

  it('is counted before any entry of a list is read', async () => {
    const text = `{"format":1,"revision":2,"policies":{"tenants":{"origin":[${'?,'.repeat(MOST)}?]}}}`;
    const read = await parseState(Buffer.from(text));
    expect(read.policies['tenants']?.count).toBe(MOST + 1);
  });
});
