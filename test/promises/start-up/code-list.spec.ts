import type { CorsIssueCode } from 'nestjs-cors';
import { CODES } from '../../../lib/config/issues/codes.js';
import { PLATFORMS } from '../../support/platforms.js';
import { CODE_ROWS } from './codes.table.js';
import { documentedCodes } from './support/documented.js';

const LISTED = Object.keys(CODES) as CorsIssueCode[];
const SECTIONS = documentedCodes();

/** Where a code of the list stands in `docs/errors.md` and in the table. */
function placesOf(code: CorsIssueCode): object {
  const { title } = CODES[code];
  const sections = SECTIONS.filter((section) => section.code === code);
  const rows = CODE_ROWS.filter((row) => row.code === code);
  return {
    'sections in docs/errors.md': sections.map(({ level }) => level),
    'how they begin': sections.map(({ text }) => text.trimStart().slice(0, title.length)),
    'levels in codes.table.ts': [...new Set(rows.map(({ level }) => level))],
  };
}

describe('lib/config/issues/codes.ts', () => {
  it.each(LISTED)('%s has one section, under its level, and a row', (code) => {
    const { level, title } = CODES[code];
    expect(placesOf(code)).toEqual({
      'sections in docs/errors.md': [level],
      'how they begin': [title],
      'levels in codes.table.ts': expect.arrayContaining([level]) as unknown,
    });
  });

  it('has every code that docs/errors.md has a section for, in the same order', () => {
    expect(SECTIONS.map(({ code }) => code)).toEqual(LISTED);
  });

  it.each(PLATFORMS)(
    'is met whole by applications on %s, but for what only the other has and a missing package',
    (platform) => {
      const met = new Set(
        CODE_ROWS.filter(({ shown }) => platform in shown).map(({ code }) => code),
      );
      const exceptions = { express: [], fastify: ['shadowed-route'] }[platform];
      expect(LISTED.filter((code) => !met.has(code)).sort()).toEqual([
        'no-public-suffix-list',
        ...exceptions,
      ]);
    },
  );
});
