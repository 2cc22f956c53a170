import { exportPolicies } from 'nestjs-cors/export';
import { PLATFORMS } from '../../support/platforms.js';
import { Random } from '../../support/random.js';
import { SEED } from '../../support/seed.js';
import { startRandom } from './random/application.js';
import { disputedRequest, randomRequest } from './random/requests.js';
import { askBoth, permitsMore, unequal } from './support/compare.js';
import { describeEngines, startEngine } from './support/engine.js';

const APPLICATIONS = Number(process.env['CORS_EDGE_APPLICATIONS'] ?? 3);
const REQUESTS = 200;
const DISPUTED = 40;

describeEngines('an engine in front of random applications', (engine) => {
  it.each(PLATFORMS)(
    `answers as the application on %s (${APPLICATIONS} of them, CORS_SEED=${SEED})`,
    async (platform) => {
      const random = new Random(SEED);
      let asked = 0;
      for (let index = 0; index < APPLICATIONS; index += 1) {
        const application = await startRandom(random, platform);
        const { manifest, port, seen, configuration } = application;
        const edge = await startEngine(engine, (listen) =>
          exportPolicies(manifest, { target: engine, listen, upstream: `127.0.0.1:${port}` }),
        );
        try {
          const both = { nest: port, edge: edge.port, seen };
          for (let count = 0; count < REQUESTS; count += 1) {
            const pair = await askBoth(both, randomRequest(random, platform));
            expect(told(index, unequal(pair), pair, configuration)).toEqual([]);
            asked += 1;
          }
          for (let count = 0; count < DISPUTED; count += 1) {
            const pair = await askBoth(both, disputedRequest(random));
            const more = permitsMore(pair) ? ['permits more'] : [];
            expect(told(index, more, pair, configuration)).toEqual([]);
          }
        } finally {
          await edge.close();
          await application.close();
        }
      }
      expect(asked).toBe(APPLICATIONS * REQUESTS);
    },
    3_600_000,
  );
});

/** A disagreement as the test prints it: the request, both answers, the application. */
function told(
  index: number,
  wrong: readonly string[],
  { request, nest, edge }: Awaited<ReturnType<typeof askBoth>>,
  configuration: object,
): readonly unknown[] {
  if (wrong.length === 0) return [];
  return [
    {
      application: index,
      wrong,
      request,
      nest,
      edge,
      configuration: JSON.stringify(configuration),
    },
  ];
}
