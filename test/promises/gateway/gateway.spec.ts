import { TABLE } from './gateway.table.js';
import { type RunningBackends, startBackends } from './support/backends.js';
import { COMBINATIONS, type RunningGateway, startGateway } from './support/combinations.js';
import { compare, isFor, runRow } from './support/run-row.js';

describe('the table', () => {
  it('names every row once', () => {
    const names = TABLE.map(({ promise, name }) => `${promise}: ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(COMBINATIONS)('a gateway on $title', (combination) => {
  let backends: RunningBackends;
  let gateway: RunningGateway;

  beforeAll(async () => {
    backends = await startBackends();
    gateway = await startGateway(combination, 'nestjs-cors', backends);
  });

  afterAll(async () => {
    await gateway?.close();
    await backends?.close();
  });

  it.each(TABLE.filter((row) => isFor(row, combination)))('$promise: $name', async (row) => {
    const outcome = await runRow(row, gateway.port, backends.http);
    const { observed, expected } = compare(row, outcome, combination);
    expect(observed).toEqual(expected);
  });
});
