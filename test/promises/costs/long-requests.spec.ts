import { LONG, SIZES } from './support/long-requests.js';
import { OperationCounter } from './support/operations.js';
import type { RoomyServer } from './support/roomy-server.js';

const counter = new OperationCounter();

// Before the library is loaded, so that V8 compiles it with its counters.
beforeAll(() => counter.start());
afterAll(() => counter.stop());

/**
 * B8: from 4 to 64 KiB of hostile input the work grows no faster than the input. No clock: V8 counts the blocks of the
 * library that run, which is exact and repeatable. Sixteen times the input may cost sixteen times as much; quadratic work
 * would cost 256 times. What built-ins do inside does not show here, and is bounded by CPU time in `scaling-cpu.spec.ts`.
 */
describe.each(['express', 'fastify'] as const)('B8 work grows with the input on %s', (platform) => {
  let server: RoomyServer;

  beforeAll(async () => {
    const { startRoomy } = await import('./support/roomy-server.js');
    server = await startRoomy(platform);
  });

  afterAll(() => server.close());

  const cost = async (name: string, size: number): Promise<number> => {
    await counter.take();
    await server.answer(LONG[name]?.(size));
    return counter.take();
  };

  it.each(Object.keys(LONG))('%s', async (name) => {
    await cost(name, 1024); // whatever is made once
    const costs: number[] = [];
    for (const size of SIZES) costs.push(await cost(name, size));
    const [least = 0] = costs;
    expect(least).toBeGreaterThan(0);
    for (const [index, spent] of costs.entries())
      expect(spent).toBeLessThanOrEqual(least * 2 ** index + 100);
  });

  it('sees the rounds of a loop, or the rows above would show nothing', async () => {
    const name = 'Access-Control-Request-Headers of blanks';
    expect(await cost(name, 2048)).toBeGreaterThan(4 * (await cost(name, 64)));
  });
});
