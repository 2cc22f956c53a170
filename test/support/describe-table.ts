import type { CorsModuleOptions } from 'nestjs-cors';
import { corsLines, values, varyNames } from './observe.js';
import { createAdapter, MATRIX, type Setup } from './platforms.js';
import { type RawResponse, send } from './raw.js';
import type { Expectation, Row } from './row.js';
import { tamper } from './tamper.js';
import { type AppDescription, type RunningApp, startApp } from './test-app.js';

/** Describes an application, anew for each platform and strategy. */
export type Describe = (setup: Setup) => AppDescription & { readonly trustProxy?: boolean };

/** Holds every row to its expectation over {Express, Fastify} × {hook, interceptor}; each application boots once per cell. */
export function describeTable(
  promise: string,
  table: readonly Row[],
  apps: Readonly<Record<string, Describe>>,
): void {
  it(`${promise}: every row has a name of its own, and every application a row`, () => {
    const names = table.map(({ app, promise: about, name }) => `${app} ${about} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(new Set(table.map(({ app }) => app))).toEqual(new Set(Object.keys(apps)));
  });

  describe.each(MATRIX)(`${promise} on $title`, (setup) => {
    const running = new Map<string, RunningApp>();

    beforeAll(async () => {
      for (const [name, describeApp] of Object.entries(apps))
        running.set(name, await boot(describeApp, setup));
    });

    afterAll(() => Promise.all([...running.values()].map((app) => app.close())));

    it.each(table)('$app, $promise: $name', async (row) => {
      const response = await send(running.get(row.app)?.port ?? 0, row.request, row.until);
      const expected = row.expected[setup.platform];
      const reached = row.why === undefined || setup.strategy === 'hook';
      expect(reached ? observed(response, expected) : leaks(response, row, setup)).toEqual(
        reached ? expected : [],
      );
    });
  });
}

/** Once it runs, the options that it was made from are changed beyond recognition: no row may notice. */
async function boot(describeApp: Describe, setup: Setup): Promise<RunningApp> {
  const { trustProxy = false, ...description } = describeApp(setup);
  const adapter = createAdapter(setup.platform, { trustProxy });
  const app = await startApp(adapter, description, setup.strategy);
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
