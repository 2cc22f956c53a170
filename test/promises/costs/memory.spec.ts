import { collectGarbage } from '../../support/garbage.js';
import { preflight } from '../../support/row.js';
import { MATRIX } from '../../support/platforms.js';
import type { RawRequest } from '../../support/raw.js';
import { pipeline, wire } from '../../support/connection.js';
import { startFuzzed } from '../../support/fuzz-app.js';

/** Requests per cell. The recorded run is `CORS_MEMORY=200000`. */
const REQUESTS = Number(process.env['CORS_MEMORY'] ?? 18_000);
const PER_CONNECTION = 50;
/**
 * Every request brings an origin of 230 bytes and mostly a name of 3,000 that no other has: remembering every origin, or the
 * names of one kind of request, costs more than 250 bytes per request.
 */
const BYTES_ALLOWED_PER_REQUEST = 5;
const NOISE = 3 * 1024 * 1024;

let last = 0;

/** Origin, target, method and header names that were never sent before. */
function unheard(): RawRequest[] {
  last += 1;
  const name = `n${last}${'x'.repeat(3000)}`;
  const label = `${last}.${'y.'.repeat(100)}`;
  return [
    preflight(`/shop/${name}`, 'PUT', `https://${label}a.example`, name),
    preflight(`/files/${name}/${last}`, `M${last}`, `https://o${label}evil.test`, name),
    { path: `/pattern?${name}`, headers: [['Origin', `https://p${label}a.example`]] },
    {
      path: `/${name}`,
      headers: [
        ['Origin', `https://async${label}example`],
        ['X-Tenant', name],
      ],
    },
    {
      path: '/asked',
      headers: [
        ['Origin', `https://q${label}example`],
        ['Host', `h${last}.test`],
      ],
    },
  ];
}

async function send(port: number, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += PER_CONNECTION) {
    const requests = Array.from({ length: PER_CONNECTION / 5 }, unheard).flat();
    const responses = await pipeline(port, requests.map(wire));
    expect(responses).toHaveLength(PER_CONNECTION);
  }
}

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe.each(MATRIX)('memory on $title', (setup) => {
  it(`nothing of ${REQUESTS} requests is remembered`, async () => {
    const app = await startFuzzed(setup);
    try {
      await send(app.port, REQUESTS / 5);
      const before = heap();
      await send(app.port, REQUESTS);
      expect(heap() - before).toBeLessThan(NOISE + REQUESTS * BYTES_ALLOWED_PER_REQUEST);
    } finally {
      await app.close();
    }
  }, 1_200_000);
});
