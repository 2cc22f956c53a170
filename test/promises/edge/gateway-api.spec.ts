import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { CorsPolicyOptions } from 'nestjs-cors';
import { type CorsManifest, exportPolicies } from 'nestjs-cors/export';
import { isCorsPreflight } from './support/compare.js';
import { values } from '../../support/observe.js';
import { PLATFORMS, type PlatformName } from '../../support/platforms.js';
import { Random } from '../../support/random.js';
import { type RawRequest, type RawResponse, send } from '../../support/raw.js';
import { SEED } from '../../support/seed.js';
import { type Application, plain, startRandom } from './random/application.js';
import { randomRequest } from './random/requests.js';
import {
  brokenRules,
  filterFor,
  type GatewayRoute,
  letsIn,
  passes,
  routesIn,
} from './support/gateway.js';

const APPLICATIONS = Number(process.env['CORS_EDGE_APPLICATIONS'] ?? 3);
const REQUESTS = 200;
const ACCEPT = ['disputed-paths'];

function routesFor(manifest: CorsManifest): readonly GatewayRoute[] {
  const { main, files } = exportPolicies(manifest, { target: 'gateway-api', accept: ACCEPT });
  return routesIn(files[main] ?? '');
}

/** Values that are refused have a test of their own. */
function sayable(policy: CorsPolicyOptions): CorsPolicyOptions {
  const { origin, maxAge = 600, ...rest } = plain(policy);
  const list = Array.isArray(origin) ? origin.filter((one) => !String(one).endsWith(':*')) : [];
  const { credentials } = rest;
  const isGone = Array.isArray(credentials) && String(credentials[0]).endsWith(':*');
  return {
    ...rest,
    ...(isGone && { credentials: false, dangerouslyAllow: [] }),
    origin: Array.isArray(origin)
      ? list.length > 0
        ? list
        : ['https://a.example']
      : (origin ?? false),
    ...(origin !== false && { maxAge: Math.max(1, maxAge) }),
  };
}

/** In which respects the filter says something else than the application. */
function otherwise(
  routes: readonly GatewayRoute[],
  request: RawRequest,
  nest: RawResponse,
): readonly string[] {
  const cors = filterFor(routes, request);
  if (cors === undefined) return [];
  const origin = request.headers?.find(([name]) => name === 'Origin')?.[1] ?? '';
  const isPreflight = request.method === 'OPTIONS' && isCorsPreflight(request);
  const isLetIn = isPreflight ? passes(cors, request) : letsIn(cors, origin);
  const mayRead = values(nest, 'access-control-allow-origin').length > 0;
  const asked = request.headers?.find(([name]) => /request-method$/i.test(name))?.[1] ?? '';
  if (isLetIn !== mayRead)
    return isPreflight && !isLetIn && asked === 'PROPFIND' ? [] : [`let in: ${isLetIn}`];
  if (!isLetIn) return [];
  const header = (name: string): string => values(nest, name).join();
  return [
    ...(header('access-control-allow-credentials') === String(cors.allowCredentials ?? '')
      ? []
      : ['credentials']),
    ...(isPreflight && header('access-control-max-age') !== String(cors.maxAge) ? ['max-age'] : []),
    ...(!isPreflight &&
    setOf(header('access-control-expose-headers')) !== setOf((cors.exposeHeaders ?? []).join())
      ? ['exposed']
      : []),
  ];
}

function setOf(list: string): string {
  return list.toLowerCase().split(/, */).sort().join();
}

/** The first request that is answered otherwise. */
async function differing(
  random: Random,
  platform: PlatformName,
  { manifest, port, configuration }: Application,
): Promise<object | undefined> {
  const routes = routesFor(manifest);
  for (let count = 0; count < REQUESTS; count += 1) {
    const request = randomRequest(random, platform);
    const headers = [['Host', 'localhost'] as const, ...(request.headers ?? [])];
    const nest = await send(port, { ...request, headers });
    const wrong = otherwise(routes, request, nest);
    if (wrong.length > 0) return { wrong, request, nest, routes, configuration };
  }
  return undefined;
}

function refusedBySchema(routes: readonly GatewayRoute[]): readonly string[] {
  return routes.flatMap((route) => {
    try {
      new HTTPRoute(route as unknown as ConstructorParameters<typeof HTTPRoute>[0]).validate();
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

describe('the Gateway API', () => {
  it.each(PLATFORMS)(
    `has filters that answer as the application on %s (${APPLICATIONS} random ones, CORS_SEED=${SEED})`,
    async (platform) => {
      const random = new Random(SEED);
      for (let index = 0; index < APPLICATIONS; index += 1) {
        const application = await startRandom(random, platform, sayable);
        try {
          const routes = routesFor(application.manifest);
          expect([...refusedBySchema(routes), ...brokenRules(routes)]).toEqual([]);
          expect(await differing(random, platform, application)).toBeUndefined();
        } finally {
          await application.close();
        }
      }
    },
    3_600_000,
  );
});
