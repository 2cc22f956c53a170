import { LONG } from './support/long-requests.js';
import { type RoomyServer, startRoomy } from './support/roomy-server.js';

const ROUNDS = 7;
const REQUESTS = 4;

/**
 * The time of built-ins (`RegExp`, `String`, URL parsers), which the counters of `long-requests.spec.ts` do not see. CPU
 * time, not elapsed time, and the least of several rounds: a busy machine can only make a round worse, not the least of
 * seven. From 4 to 64 KiB linear work grows at most 16 times and quadratic work 256 times; the bound is between the two.
 */
describe.each(['express', 'fastify'] as const)('CPU time on %s', (platform) => {
  let server: RoomyServer;

  beforeAll(async () => {
    server = await startRoomy(platform);
  });

  afterAll(() => server.close());

  async function least(name: string, size: number): Promise<number> {
    const costs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = process.cpuUsage();
      for (let count = 0; count < REQUESTS; count++) await server.answer(LONG[name]?.(size));
      const { user, system } = process.cpuUsage(before);
      costs.push(user + system);
    }
    return Math.min(...costs);
  }

  it.each(Object.keys(LONG))('%s', async (name) => {
    const small = await least(name, 4 * 1024);
    const large = await least(name, 64 * 1024);
    expect(large / Math.max(small, 1)).toBeLessThan(64);
  });
});
