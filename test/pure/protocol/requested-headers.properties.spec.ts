import { parseRequestedHeaders } from '../../../lib/protocol/requested-headers.js';
import { fc } from '../../support/fast-check.js';

/** The same grammar, by splitting. */
function reference(value: string): readonly string[] | undefined {
  if (value.length > 4096) return undefined;
  if (value === '') return [];
  const elements = value.split(',').map((element) => element.replace(/^[ \t]+|[ \t]+$/g, ''));
  const names = elements.filter((element) => element !== '');
  if (elements.length - names.length > 16 || names.length > 128) return undefined;
  if (!names.every((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))) return undefined;
  return names.map((name) => name.toLowerCase());
}

const piece = fc.constantFrom(
  'x',
  'X-A',
  'authorization',
  ',',
  ',',
  ', ',
  ' ',
  '\t',
  '-',
  '_',
  '(',
  ')',
  '/',
  ':',
  ';',
  '"',
  '\u00e4',
  '\u0000',
  '\n',
  '__proto__',
);

describe('Access-Control-Request-Headers', () => {
  it('is read as the naive reference reads it', () => {
    const values = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(values, (value) => {
        expect({ value, names: parseRequestedHeaders(value)?.names }).toEqual({
          value,
          names: reference(value),
        });
      }),
      { numRuns: 10_000 },
    );
  });

  it('agrees at and beyond its limits', () => {
    const counts = fc.tuple(
      fc.integer({ min: 100, max: 140 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 40 }),
    );
    fc.assert(
      fc.property(counts, ([names, empty, length]) => {
        const value =
          ','.repeat(empty) + Array.from({ length: names }, () => 'x'.repeat(length)).join(',');
        expect(parseRequestedHeaders(value)?.names).toEqual(reference(value));
      }),
      { numRuns: 500 },
    );
  });

  it('looks at each character once, however long the value', () => {
    let looked = 0;
    const value = `a${' '.repeat(4000)}b`;
    const counting = {
      length: value.length,
      charCodeAt: (index: number): number => ((looked += 1), value.charCodeAt(index)),
      slice: value.slice.bind(value),
    };
    expect(parseRequestedHeaders(counting as unknown as string)).toBeUndefined();
    expect(looked).toBeLessThan(3 * value.length);
  });
});
