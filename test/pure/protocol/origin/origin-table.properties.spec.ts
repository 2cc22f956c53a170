import { changed } from '../../../../lib/protocol/origin/layered-origins.js';
import { OriginTable } from '../../../../lib/protocol/origin/origin-table.js';
import { fc } from '../../../support/fast-check.js';

const origin = fc.oneof(
  fc.nat(300).map((index) => `https://t${index}.example.com`),
  fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), minLength: 1, maxLength: 326 }),
);

function tableOf(origins: readonly string[]): OriginTable {
  const table = new OriginTable(origins.length);
  for (const one of origins) table.add(one);
  return table;
}

describe('a table of origins', () => {
  it('is the set of what was added, in that order', () => {
    fc.assert(
      fc.property(fc.array(origin, { maxLength: 400 }), origin, (origins, other) => {
        const [table, set] = [tableOf(origins), new Set(origins)];
        expect([...table]).toEqual([...set]);
        expect([table.size, table.has(other)]).toEqual([set.size, set.has(other)]);
        for (const one of set) expect(table.has(one)).toBe(true);
      }),
    );
  });

  it('crosses from block to block', () => {
    const origins = Array.from(
      { length: 40_000 },
      (_, index) => `https://tenant-${index}.shops.example.com:${1024 + index}`,
    );
    const table = tableOf(origins);
    expect([...table]).toEqual(origins);
    expect(origins.every((one) => table.has(one))).toBe(true);
    expect(table.has('https://tenant-40000.shops.example.com:1')).toBe(false);
  });

  it('sums up alike in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(origin, { maxLength: 50 }), (origins) => {
        expect(tableOf([...origins].reverse()).sum).toBe(tableOf(origins).sum);
      }),
    );
  });

  it('takes no more than was announced', () => {
    expect(() => tableOf(['https://a.example']).add('https://b.example')).toThrow('more origins');
  });
});

describe('changes on top of a table', () => {
  const step = fc.record({
    add: fc.array(origin, { maxLength: 9 }),
    remove: fc.array(origin, { maxLength: 9 }),
  });

  it('are what they are to a set, one after another, and leave what was before', () => {
    fc.assert(
      fc.property(
        fc.array(origin, { maxLength: 50 }),
        fc.array(step, { maxLength: 5 }),
        (origins, steps) => {
          const set = new Set(origins);
          const table = tableOf(origins);
          let layered = changed(table, [], []);
          for (const { add, remove } of steps) {
            layered = changed(layered, add, remove);
            for (const one of remove) set.delete(one);
            for (const one of add) set.add(one);
          }
          expect([...layered].sort()).toEqual([...set].sort());
          expect(layered.size).toBe(set.size);
          expect([...table]).toEqual([...new Set(origins)]);
        },
      ),
    );
  });
});
