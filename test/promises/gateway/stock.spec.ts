import { corsLines, varyNames } from '../../support/observe.js';
import { TABLE } from './gateway.table.js';
import { type RunningBackends, startBackends } from './support/backends.js';
import {
  type Combination,
  COMBINATIONS,
  type RunningGateway,
  startGateway,
} from './support/combinations.js';
import { conclude } from './support/conclude.js';
import { isFor, type Outcome, runRow } from './support/run-row.js';
import type { GatewayRow } from './support/row.js';

/**
 * Why this library exists: the same table against `app.enableCors()`, judged by what a browser and a cache make of an answer
 * rather than by its wording. The rows that fail are a snapshot, so that this stays true or is noticed.
 */
describe.each(COMBINATIONS)('stock enableCors() on $title', (combination) => {
  let backends: RunningBackends;
  let gateway: RunningGateway;

  beforeAll(async () => {
    backends = await startBackends();
    gateway = await startGateway(combination, 'enableCors()', backends);
  });

  afterAll(async () => {
    await gateway?.close();
    await backends?.close();
  });

  it('fails these rows', async () => {
    const rows = TABLE.filter((row) => isFor(row, combination));
    const failed: string[] = [];
    for (const row of rows) {
      const outcome = await runRow(row, gateway.port, backends.http);
      if (!holds(row, outcome, combination)) failed.push(`${row.promise}: ${row.name}`);
    }
    const names = failed.map((name) => `\n  ${name}`).join('');
    process.stdout.write(
      `enableCors() on ${combination.title}: ${failed.length} of ${rows.length} rows fail${names}\n`,
    );
    expect(failed).toMatchSnapshot();
  });
});

function holds(row: GatewayRow, { response, hits }: Outcome, { proxy }: Combination): boolean {
  const expected = row.expected[proxy ? 'proxy' : 'handler'];
  if (row.promise === 'upgrade') return response.status === expected.status;
  const { status } = response;
  const observed = conclude(row, { status, cors: corsLines(response) });
  const alike = JSON.stringify(observed) === JSON.stringify(conclude(row, expected));
  const preflight = row.request.headers?.some(([name]) => /request-method$/i.test(name));
  if (preflight) return alike && row.reaches === hits.length > 0;
  const varies = varyNames(response);
  const cacheable = expected.vary.every((name) => name !== 'origin' || varies.includes(name));
  const rejected = expected.status !== 403 || status === 403;
  return alike && cacheable && rejected;
}
