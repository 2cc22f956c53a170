import { CountedServer } from './support/counted.js';
import { LONG, SIZES } from './support/long-requests.js';

/**
 * From 4 to 64 KiB of hostile input the work grows no faster than the input. No clock: V8 counts the blocks of the library
 * that run, which is exact and repeatable. Sixteen times the input may cost sixteen times as much; quadratic work would
 * cost 256 times. The work of built-ins does not show here, and is bounded by CPU time in `long-requests-cpu.spec.ts`.
 */
describe.each(['express', 'fastify'] as const)('work grows with the input on %s', (platform) => {
  let server: CountedServer;

  beforeAll(async () => {
    server = await CountedServer.start(platform);
  });

  afterAll(() => server.close());

  const costs = async (name: string, sizes: readonly number[]): Promise<readonly number[]> => {
    await server.blocks(name, 1024); // the first request makes what is made once
    const taken: number[] = [];
    for (const size of sizes) taken.push(await server.blocks(name, size));
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
