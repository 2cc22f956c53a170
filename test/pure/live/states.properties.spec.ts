import type { CorsSnapshot } from 'nestjs-cors';
import { parseState } from '../../../lib/live/parse-state.js';
import { fc } from '../../support/fast-check.js';

/** Lists long enough to be read in pages, with whatever a string may hold. */
const list = fc
  .tuple(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 30 }), fc.nat(3000))
  .map(([some, more]) => [
    ...some,
    ...Array.from({ length: more }, (_, index) => `https://t${index}.example.com`),
  ]);
const state = fc
  .dictionary(fc.constantFrom('a', 'b', 'c"[', 'd\\'), list, { noNullPrototype: true })
  .map((lists) => ({
    format: 1,
    revision: 7,
    policies: Object.fromEntries(
      Object.entries(lists).map(([name, origin]) => [name, { maxAge: 5, origin }]),
    ),
  }));

async function collected(snapshot: CorsSnapshot): Promise<unknown> {
  const policies: Record<string, unknown> = {};
  for (const [name, { origin, count, ...rest }] of Object.entries(snapshot.policies)) {
    const all: string[] = [];
    if (Array.isArray(origin)) all.push(...(origin as string[]));
    else for await (const page of origin as AsyncIterable<readonly string[]>) all.push(...page);
    expect(count ?? all.length).toBe(all.length);
    policies[name] = { ...rest, origin: all };
  }
  return { ...snapshot, policies };
}

describe('the text of a state', () => {
  it('is read in pages as JSON would be in one go', async () => {
    await fc.assert(
      fc.asyncProperty(state, fc.constantFrom(undefined, 2), async (given, indent) => {
        const text = JSON.stringify(given, undefined, indent);
        expect(await collected(await parseState(Buffer.from(text)))).toEqual(JSON.parse(text));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused wherever it is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        state,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (given, share) => {
          const bytes = Buffer.from(JSON.stringify(given));
          const cut = bytes.subarray(0, Math.floor(bytes.length * share));
          const read = parseState(cut).then((snapshot) => collected(snapshot));
          await expect(read).rejects.toMatchObject({ issues: [{ code: 'invalid-snapshot' }] });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is refused where a long list is closed by something else', async () => {
    const origins = Array.from({ length: 3000 }, (_, index) => `"https://t${index}.example.com"`);
    const text = `{"format":1,"revision":1,"policies":{"a":{"origin":[${origins.join()}}}}`;
    await expect(parseState(Buffer.from(`${text}}`))).rejects.toMatchObject({
      name: 'CorsRefusal',
    });
  });

  it('is refused where it is 20 MB of something else', async () => {
    const rubbish = Buffer.alloc(20 << 20, 0x20);
    await expect(parseState(rubbish)).rejects.toMatchObject({ name: 'CorsRefusal' });
  });
});
