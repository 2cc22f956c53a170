import { mergeVary } from '../../../lib/protocol/vary.js';
import { fc } from '../../support/fast-check.js';

const name = fc.constantFrom(
  'Origin',
  'origin',
  'ORIGIN',
  'Accept',
  'accept-encoding',
  'X-Tenant',
  '*',
);
const names = fc.array(name, { maxLength: 6 });

describe('mergeVary', () => {
  it.each([
    [undefined, ['Origin'], 'Origin'],
    ['', ['Origin'], 'Origin'],
    ['Accept', ['Origin'], 'Accept, Origin'],
    ['Accept, Origin', ['Origin'], 'Accept, Origin'],
    ['origin', ['Origin', 'X-A'], 'origin, X-A'],
    [['Accept', 'Accept-Encoding, Origin'], ['Origin'], 'Accept, Accept-Encoding, Origin'],
    ['*', ['Origin'], '*'],
    ['Accept, *', ['Origin'], '*'],
    ['Accept', ['*'], '*'],
    ['Accept,,  Origin , ', ['X-A, X-B'], 'Accept, Origin, X-A, X-B'],
    [7, ['Origin'], '7, Origin'],
  ])('%j with %j is %j', (existing, added, merged) => {
    expect(mergeVary(existing, added)).toBe(merged);
  });

  it('keeps order, drops duplicates by case only, and * absorbs', () => {
    fc.assert(
      fc.property(names, names, (existing, added) => {
        const merged = mergeVary(existing.join(', '), added);
        const all = [...existing, ...added];
        const folded = all.map((each) => each.toLowerCase());
        const expected = all.includes('*')
          ? '*'
          : all.filter((_, index) => folded.indexOf(folded[index] ?? '') === index).join(', ');
        expect(merged).toBe(expected);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(names, names, (existing, added) => {
        const once = mergeVary(existing, added);
        expect(mergeVary(once, added)).toBe(once);
      }),
    );
  });
});
