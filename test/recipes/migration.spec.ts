import type { INestApplication } from '@nestjs/common';
import { CorsModule, type CorsPolicyOptions } from 'nestjs-cors';
import { readFileSync } from 'node:fs';
import { PLATFORMS } from '../support/platforms.js';
import { send } from '../support/raw.js';
import { after, before, OPTION_SETS } from './migration/applications.js';
import { type Change, changesBetween } from './migration/changes.js';
import { INTENDED } from './migration/intended.js';
import { QUESTIONS } from './migration/requests.js';
import { portOf } from './support/recipe.js';

const CASES = PLATFORMS.flatMap((platform) => OPTION_SETS.map((set) => ({ platform, ...set })));
const met = new Set<string>();

/** The title of what was intended, or the change itself. */
function account(change: Change): string | Change {
  return INTENDED.find(({ covers }) => covers(change))?.title ?? change;
}

describe.each(CASES)('enableCors() with $name, moved over on $platform', (each) => {
  let apps: readonly INestApplication[];

  beforeAll(async () => {
    apps = [await before(each.platform, each.before), await after(each.platform, each.after)];
  });
  afterAll(() => Promise.all(apps.map((app) => app.close())));

  it.each(QUESTIONS)('answers as before, but for what is meant: $name', async (question) => {
    const [old, moved] = apps.map((app) => send(portOf(app), question.request));
    if (old === undefined || moved === undefined) throw new Error('two applications answer');
    const accounts = changesBetween(each.platform, question, [await old, await moved]).map(account);
    for (const title of accounts) if (typeof title === 'string') met.add(title);
    expect(accounts.filter((title) => typeof title !== 'string')).toEqual([]);
  });
});

describe('what is meant to be different', () => {
  it('is met by some answer, every row of it', () => {
    expect(INTENDED.map(({ title }) => title).filter((title) => !met.has(title))).toEqual([]);
  });

  it('stands in the guide, with its reason', () => {
    const rows = readFileSync('docs/migration.md', 'utf8')
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .join('|'),
      );
    const expected = INTENDED.map(({ title, reason }) => `|${title}|${reason}|`);
    expect(rows.filter((row) => expected.includes(row))).toEqual(expected);
  });

  it('does not cover what would be a fault', () => {
    const change = {
      platform: 'express',
      question: 'a GET from a reader',
      asker: 'a reader',
    } as const;
    const faults: readonly Change[] = [
      {
        ...change,
        isPreflight: false,
        line: 'access-control-allow-origin',
        before: 'https://app.example.com',
        after: undefined,
        statuses: [200, 200],
      },
      {
        ...change,
        isPreflight: false,
        line: 'status',
        before: '200',
        after: '403',
        statuses: [200, 403],
      },
      {
        ...change,
        isPreflight: false,
        line: 'vary',
        before: 'Origin',
        after: undefined,
        statuses: [200, 200],
      },
      {
        ...change,
        isPreflight: true,
        line: 'access-control-allow-credentials',
        before: 'true',
        after: undefined,
        statuses: [204, 204],
      },
      {
        ...change,
        asker: 'a stranger',
        isPreflight: false,
        line: 'access-control-allow-origin',
        before: undefined,
        after: '*',
        statuses: [200, 200],
      },
    ];
    expect(faults.map(account)).toEqual(faults);
  });
});

describe('options that do not move over as they are', () => {
  it('a list, one origin, methods, headers and ages do', () => {
    const same = OPTION_SETS.filter((set) => set.before === set.after);
    expect(same.map(({ name }) => name)).toEqual([
      'a list',
      'one origin',
      'methods',
      'headers and age',
    ]);
    for (const { after: options } of same)
      expect(CorsModule.validate({ default: options }).errors).toEqual([]);
  });

  it('`origin: true` is refused at start-up, and says so', () => {
    const options = JSON.parse('{ "origin": true, "credentials": true }') as CorsPolicyOptions;
    const codes = CorsModule.validate({ default: options }).errors.map(({ code }) => code);
    expect(codes).toEqual(['reflects-every-origin']);
  });
});
