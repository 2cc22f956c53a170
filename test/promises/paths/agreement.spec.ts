import { nameOfMaxAge, ORIGIN } from '../router/agreement/application.js';
import { Random } from '../../support/random.js';
import { values } from '../../support/observe.js';
import { type RawResponse, send } from '../../support/raw.js';
import { boot } from './agreement/boot.js';
import { type GatewaySpec, randomGateway, randomTarget } from './agreement/random-gateway.js';
import { READINGS, startUpstream } from './agreement/upstream-routers.js';
import { SEED } from '../../support/seed.js';

/** Targets per combination. A longer run is `CORS_AGREEMENT=20000`. */
const TARGETS = Number(process.env['CORS_AGREEMENT'] ?? 600);
const TARGETS_PER_GATEWAY = 20;
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

const COMBINATIONS = [
  ['express', 'http-proxy-middleware'],
  ['fastify', 'http-proxy-middleware'],
  ['fastify', '@fastify/http-proxy'],
] as const;

interface Seen {
  readonly target: string;
  readonly method: string;
  readonly served: string | undefined;
  readonly actual: string;
  readonly preflight: string;
  readonly leaked: boolean;
}

describe.each(COMBINATIONS)('paths agree with what serves, on %s × %s', (platform, proxy) => {
  it(`gives the policy of whatever served, or none, for ${TARGETS} targets (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const tally = { targets: 0, alike: 0, denied: 0 };
    const wrong: object[] = [];
    while (tally.targets < TARGETS && wrong.length === 0) {
      const spec = randomGateway(random);
      const reading = random.pick(READINGS);
      const upstream = await startUpstream(reading, spec.areas);
      const gateway = await boot(spec, platform, proxy, upstream.url);
      try {
        for (let count = 0; count < TARGETS_PER_GATEWAY; count++) {
          const method = random.pick(METHODS);
          const seen = await look(gateway.port, method, randomTarget(random, spec));
          const policy = policyOf(spec, seen.served);
          tally.targets += 1;
          if (policy !== undefined && policy !== 'none') {
            if (seen.actual === policy) tally.alike += 1;
            else tally.denied += 1;
          }
          if (!isSound(seen, policy)) wrong.push({ ...seen, policy, reading, spec });
        }
        if (upstream.preflights.length > 0) wrong.push({ preflights: upstream.preflights, spec });
      } finally {
        await gateway.close();
        await upstream.close();
      }
    }
    expect(wrong.slice(0, 3).map((one) => JSON.stringify(one, null, 1))).toEqual([]);
    expect(tally.alike).toBeGreaterThan(TARGETS / 5);
    expect(tally.denied).toBeGreaterThan(TARGETS / 100);
  }, 3_600_000);
});

async function look(port: number, method: string, path: string): Promise<Seen> {
  const headers = [['Origin', ORIGIN]] as const;
  const asking = [...headers, ['Access-Control-Request-Method', method]] as const;
  const actual = await send(port, { method, path, headers });
  const preflight = await send(port, { method: 'OPTIONS', path, headers: asking });
  const header = (name: string): string | undefined => values(actual, name)[0];
  return {
    target: path,
    method,
    served: header('x-ran') ?? header('x-area'),
    actual: policyOfActual(actual),
    preflight: nameOfMaxAge(values(preflight, 'access-control-max-age')[0]),
    leaked: header('access-control-allow-origin') === '*',
  };
}

function policyOfActual(response: RawResponse): string {
  const [exposed] = values(response, 'access-control-expose-headers');
  return exposed === undefined ? 'none' : exposed.replace('X-P', 'p');
}

/** The policy of the handler or the area that served; `undefined` where nothing did. */
function policyOf(
  { areas, handlers }: GatewaySpec,
  served: string | undefined,
): string | undefined {
  if (served === undefined) return undefined;
  return (
    handlers.find(({ path }) => path === served)?.policy ??
    areas.find(({ name }) => name === served)?.policy
  );
}

function isSound({ actual, preflight, leaked }: Seen, policy: string | undefined): boolean {
  if (leaked) return false;
  if (policy === undefined) return true;
  return [policy, 'none'].includes(actual) && [policy, 'none'].includes(preflight);
}
