import { Controller, Get, type Type } from '@nestjs/common';
import { CorsPolicy, type CorsPolicyOptions } from 'nestjs-cors';
import { Random } from '../../support/random.js';
import { get, preflight } from '../../support/row.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { answers } from '../../support/connection.js';
import { memberOf, mutant, randomPolicy, reference } from './support/random-policies.js';
import { verdict } from '../../support/verdict.js';
import { SEED } from '../../support/seed.js';

const POLICY_COUNT = 40;
const ORIGINS_PER_POLICY = 60;

/** One controller per policy, at `/p0`, `/p1`, … */
function controllersFor(policies: readonly CorsPolicyOptions[]): Type[] {
  return policies.map((policy, index) => {
    @CorsPolicy(policy)
    @Controller(`p${index}`)
    class OneController {
      @Get() read(): string {
        return 'read';
      }
    }
    return OneController;
  });
}

describe.each(PLATFORMS)('random policies on %s', (platform) => {
  const random = new Random(SEED);
  const policies = Array.from({ length: POLICY_COUNT }, () => randomPolicy(random));
  let app: RunningApp;

  beforeAll(async () => {
    const controllers = controllersFor(policies.map(({ options }) => options));
    app = await startApp(createAdapter(platform), { cors: {}, controllers });
  });

  afterAll(() => app.close());

  it(`soundness: an origin is allowed if and only if the reference says so (CORS_SEED=${SEED})`, async () => {
    for (const [index, policy] of policies.entries()) {
      const origins = Array.from({ length: ORIGINS_PER_POLICY }, () => mutant(random, policy));
      const requests = origins.flatMap((origin) => [
        get(`/p${index}`, origin),
        preflight(`/p${index}`, 'GET', origin),
      ]);
      for (const [at, answer] of (await answers(app.port, requests)).entries()) {
        const origin = origins[Math.floor(at / 2)] ?? '';
        const allowed = reference(policy, origin);
        const credentials = policy.options.credentials === true ? ' +credentials' : '';
        const granted = `${at % 2 === 0 ? 200 : 204} ${origin}${credentials}`;
        const denied = at % 2 === 0 ? '200 -' : '403 -';
        expect([policy.origins, origin, verdict(answer)]).toEqual([
          policy.origins,
          origin,
          allowed ? granted : denied,
        ]);
      }
    }
  });

  it('completeness: everything configured is allowed, and every member of a pattern', async () => {
    for (const [index, policy] of policies.entries()) {
      const origins = Array.from({ length: 20 }, () => memberOf(random, policy));
      const seen = await answers(
        app.port,
        origins.map((origin) => get(`/p${index}`, origin)),
      );
      expect(seen.map((answer) => verdict(answer).replace(' +credentials', ''))).toEqual(
        origins.map((origin) => `200 ${origin}`),
      );
    }
  });
});
