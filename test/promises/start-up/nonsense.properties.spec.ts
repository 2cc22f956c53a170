import type { Described } from './random/description.js';
import { applications } from './random/generate.js';
import { type Outcome, trial } from './random/trial.js';
import { fc } from '../../support/fast-check.js';
import { SEED } from '../../support/seed.js';

/** The recorded run has 10,000 option objects; by default a hundredth of them is tried. */
const RUNS = Number(process.env['CORS_RUNS'] ?? 100);

describe(`random options (CORS_RUNS=${RUNS}, CORS_SEED=${SEED})`, () => {
  it(
    'are refused by a CorsConfigurationError, or every invariant holds on the running application',
    async () => {
      const outcomes: Record<Outcome, number> = { refused: 0, sound: 0 };
      const property = fc.asyncProperty(applications, async (described: Described) => {
        outcomes[await trial(described)] += 1;
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: false });
      process.stdout.write(`random options: ${JSON.stringify({ SEED, RUNS, ...outcomes })}\n`);
      // A generator that only makes nonsense, or none, would prove nothing.
      expect(Math.min(outcomes.refused, outcomes.sound)).toBeGreaterThan(RUNS / 10);
    },
    60_000 + RUNS * 5_000,
  );
});
