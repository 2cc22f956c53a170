import { jest } from '@jest/globals';
import { LONG, SIZES } from './support/long-requests.js';
import { OperationCounter } from './support/operations.js';
import type { RoomyServer } from './support/roomy-server.js';

const counter = new OperationCounter();
const load = (): Promise<typeof import('./support/roomy-server.js')> =>
  import('./support/roomy-server.js');

/** Translating TypeScript is the slow part, and no part of the promise. */
const PATIENCE = 120_000;

/**
 * Loaded twice: once to be translated, at full speed, and once more to be compiled with counters. The counters come with
 * `--no-opt`, under which the TypeScript compiler would need most of a minute on a busy machine.
 */
beforeAll(async () => {
  await load();
  jest.resetModules();
  await counter.start();
  await load();
}, PATIENCE);

afterAll(() => counter.stop());

/**
 * From 4 to 64 KiB of hostile input the work grows no faster than the input. No clock: V8 counts the blocks of the library
 * that run, which is exact and repeatable. Sixteen times the input may cost sixteen times as much; quadratic work would
 * cost 256 times. The work of built-ins does not show here, and is bounded by CPU time in `long-requests-cpu.spec.ts`.
 */
describe.each(['express', 'fastify'] as const)('work grows with the input on %s', (platform) => {
  let server: RoomyServer;

  beforeAll(async () => {
    const { startRoomy } = await load();
    server = await startRoomy(platform);
  }, PATIENCE);

  afterAll(() => server.close());

  const costs = async (name: string, sizes: readonly number[]): Promise<readonly number[]> => {
    const taken: number[] = [];
    await server.answer(LONG[name]?.(1024)); // the first request makes what is made once
    await counter.take();
    for (const size of sizes) {
      await server.answer(LONG[name]?.(size));
      taken.push(await counter.take());
    }
    return taken;
  };

  it.each(Object.keys(LONG))('%s', async (name) => {
    const [least = 0, ...more] = await costs(name, SIZES);
    expect(least).toBeGreaterThan(0);
    for (const [index, spent] of more.entries()) {
      const growth = (SIZES[index + 1] ?? 0) / (SIZES[0] ?? 1);
      expect(spent).toBeLessThanOrEqual(least * growth + 100);
    }
  });

  it('sees the rounds of a loop, or the rows above would show nothing', async () => {
    const [few = 0, many = 0] = await costs('Access-Control-Request-Headers of blanks', [64, 2048]);
    expect(many).toBeGreaterThan(4 * few);
  });
});
