import { closeConnections } from './agreement/client.js';
import { type PlatformName, randomApplication, randomTarget } from './agreement/generate.js';
import {
  bootUnlessRefused,
  expected,
  METHODS,
  observe,
  type Observation,
} from './agreement/observe.js';
import { Random } from '../../support/random.js';
import { policyOf, type ApplicationSpec } from './agreement/application.js';
import { SEED } from '../../support/seed.js';

/** Requests per platform, preflights included. The recorded run is `CORS_AGREEMENT=100000`. */
const REQUESTS = Number(process.env['CORS_AGREEMENT'] ?? 1500);
const TARGETS_PER_APPLICATION = 40;
const HOSTS = ['localhost', 'one.test', 'x.two.test'];

interface Disagreement {
  readonly target: string;
  readonly host: string;
  readonly method: string;
  readonly expected: string;
  readonly seen: Observation | undefined;
  readonly application: ApplicationSpec;
}

function judge(
  application: ApplicationSpec,
  seen: ReadonlyMap<string, Observation>,
  target: string,
  host: string,
): Disagreement[] {
  return METHODS.filter((method) => seen.has(method)).flatMap((method) => {
    const policy = expected(application, seen, method);
    const one = seen.get(method);
    const alike = one?.actual === policy && one.preflight === policy;
    // Browsers skip the preflight of whatever is listed: everything listed must be under the same policy.
    const listed = (one?.listed ?? []).filter(
      (name) => name !== '' && name !== method && seen.has(name),
    );
    const sound = listed.every((name) => expected(application, seen, name) === policy);
    return alike && sound
      ? []
      : [{ target, host, method, expected: policy, seen: one, application }];
  });
}

/** An interceptor sees only what a handler answers, and an OPTIONS route only targets that some handler serves. */
function withinReach(
  strategy: 'hook' | 'interceptor',
  seen: ReadonlyMap<string, Observation>,
): ReadonlyMap<string, Observation> {
  if (strategy === 'hook') return seen;
  return new Map([...seen].filter(([, { answered }]) => answered));
}

/** On one line, with every route that could have played a part. */
function describeDisagreement({ application, ...found }: Disagreement): string {
  const routes = application.controllers.flatMap((controller) =>
    controller.handlers.map(
      ({ name, method, path }) =>
        `${name} ${method} [${String(controller.path)}]/${path} ${controller.host ?? ''} ${controller.version ?? ''} ${policyOf(application, name)}`,
    ),
  );
  const { controllers: _controllers, ...rest } = application;
  return JSON.stringify({ ...found, ...rest, routes }, null, 1);
}

const MATRIX = [
  ['express', 'hook'],
  ['express', 'interceptor'],
  ['fastify', 'hook'],
  ['fastify', 'interceptor'],
] as const;

describe.each(MATRIX)('router agreement on %s, strategy %s', (platform: PlatformName, strategy) => {
  afterAll(closeConnections);

  it(`gives the policy of the handler that runs, over ${REQUESTS} random requests (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const disagreements: Disagreement[] = [];
    let requests = 0;
    let ran = 0;
    while (requests < REQUESTS && disagreements.length === 0) {
      const application = randomApplication(random, platform);
      const booted = await bootUnlessRefused(application, platform, strategy);
      if (booted === undefined) continue;
      const { app, port } = booted;
      try {
        for (let count = 0; count < TARGETS_PER_APPLICATION; count++) {
          const target = randomTarget(random, application);
          const host = random.pick(HOSTS);
          const seen = await observe({ port, platform }, target, host);
          requests += 2 * METHODS.length;
          ran += [...seen.values()].filter((one) => one.ran !== undefined).length;
          disagreements.push(...judge(application, withinReach(strategy, seen), target, host));
        }
      } finally {
        await app.close();
      }
    }
    expect(disagreements.slice(0, 5).map(describeDisagreement)).toEqual([]);
    expect(ran).toBeGreaterThan(requests / 100);
  }, 3_600_000);
});
