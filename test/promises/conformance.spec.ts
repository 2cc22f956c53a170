import type { CorsModuleOptions } from 'nestjs-cors';
import { TABLE } from './conformance.table.js';
import { APPS } from './conformance.apps.js';
import { tamper } from '../support/tamper.js';
import type { AppName, Expectation, Row } from '../support/row.js';
import { corsLines, values, varyNames } from '../support/observe.js';
import { createAdapter, MATRIX, type Setup } from '../support/platforms.js';
import { type RawResponse, send } from '../support/raw.js';
import { type RunningApp, startApp } from '../support/test-app.js';

const hookOnly = TABLE.filter(({ reach }) => reach === 'hook');
const categories = [...new Set(hookOnly.map(({ why }) => why))].sort();

describe('the table', () => {
  it('names every row once', () => {
    const names = TABLE.map(({ app, rule, name }) => `${app} ${rule} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it(`${TABLE.length} rows, of which ${hookOnly.length} need the hook: ${categories.join('; ')}`, () => {
    expect(TABLE.length).toBeGreaterThanOrEqual(130);
    expect(hookOnly.every(({ why }) => why !== undefined)).toBe(true);
  });
});

describe.each(MATRIX)('conformance on $title', (setup) => {
  const apps = new Map<AppName, RunningApp>();

  beforeAll(async () => {
    for (const name of new Set(TABLE.map(({ app }) => app)))
      apps.set(name, await boot(name, setup));
  });

  afterAll(() => Promise.all([...apps.values()].map((app) => app.close())));

  it.each(TABLE)('$app $rule $name', async (row) => {
    const response = await send(apps.get(row.app)?.port ?? 0, row.request, row.until);
    const expected = row.expected[setup.platform];
    const reached = row.reach === 'both' || setup.strategy === 'hook';
    expect(reached ? observed(response, expected) : leaks(response, row, setup)).toEqual(
      reached ? expected : [],
    );
  });
});

/** Once it runs, the options that it was made from are changed beyond recognition: no row may notice. */
async function boot(name: AppName, setup: Setup): Promise<RunningApp> {
  const { trustProxy = false, ...description } = APPS[name](setup);
  const app = await startApp(
    createAdapter(setup.platform, { trustProxy }),
    description,
    setup.strategy,
  );
  tamper(description.cors as CorsModuleOptions);
  return app;
}

/** As much of the response as the row says something about. */
function observed(response: RawResponse, expected: Expectation): Expectation {
  const names = Object.keys(expected.headers ?? {});
  return {
    status: response.status,
    cors: corsLines(response),
    vary: varyNames(response),
    ...(expected.headers && {
      headers: Object.fromEntries(names.map((name) => [name, values(response, name)])),
    }),
    ...(expected.body !== undefined && { body: response.body }),
  };
}

/** CORS headers that neither the row nor the application itself accounts for. */
function leaks(
  response: RawResponse,
  { expected, own = [] }: Row,
  { platform }: Setup,
): readonly string[] {
  const accounted = [...expected[platform].cors, ...own];
  return corsLines(response).filter((line) => !accounted.includes(line));
}
