import type { CorsPathOptions } from 'nestjs-cors';
import { ORIGIN } from '../router/agreement/application.js';
import { isBeforeHooks } from '../../support/before-hooks.js';
import { corsLines, values, varyNames } from '../../support/observe.js';
import { PLATFORMS } from '../../support/platforms.js';
import { Random } from '../../support/random.js';
import { type RawRequest, type RawResponse, send } from '../../support/raw.js';
import { SEED } from '../../support/seed.js';
import { type Adorn, boot, type ProxyName } from './agreement/boot.js';
import { type Area, randomGateway, randomTarget } from './agreement/random-gateway.js';
import { READINGS, startUpstream } from './agreement/upstream-routers.js';

/** Targets per platform. A longer run is `CORS_FORWARDED=20000`. */
const TARGETS = Number(process.env['CORS_FORWARDED'] ?? 360);
const TARGETS_PER_GATEWAY = 60;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
const ORIGINS = [ORIGIN, ORIGIN, 'https://evil.test', 'https://listed.test', undefined];

/** Further options of entries, and policies that do more than allow one origin. */
function randomAdornment(random: Random, areas: readonly Area[]): Adorn {
  const chosen = new Map<Area, Partial<CorsPathOptions>>();
  for (const area of areas) {
    const methods = random.chance(0.25) ? { methods: random.pick([['PUT', 'DELETE'], 'GET']) } : {};
    const policy = random.pick<Partial<CorsPathOptions>>([
      {},
      { policy: 'passthrough' },
      { policy: { origin: ORIGIN, denied: 'reject' } },
      { policy: { origin: '*', credentials: ['https://listed.test'], exposedHeaders: 'X-Page' } },
      { policy: { origin: ORIGIN, exposedHeaders: 'X-Page' }, keepExposedHeaders: true },
    ]);
    chosen.set(area, { ...methods, ...policy });
  }
  return (area) => chosen.get(area) ?? {};
}

/** An actual request or a preflight. */
function randomRequest(random: Random, path: string): RawRequest {
  const [method, origin] = [random.pick(METHODS), random.pick(ORIGINS)];
  const headers: [name: string, value: string][] = origin === undefined ? [] : [['Origin', origin]];
  if (random.chance(0.5)) return { method, path, headers };
  return {
    method: 'OPTIONS',
    path,
    headers: [...headers, ['Access-Control-Request-Method', method]],
  };
}

interface Seen {
  /** The area of the upstream or the handler that served, if any did. */
  readonly served: string | undefined;
  readonly answer: { readonly status: number; readonly cors: object; readonly vary: object };
}

function seen(response: RawResponse): Seen {
  const [served] = [...values(response, 'x-ran'), ...values(response, 'x-area')];
  const { status } = response;
  return { served, answer: { status, cors: corsLines(response), vary: varyNames(response) } };
}

describe.each(PLATFORMS)("an @All() handler under @CorsPolicy('paths') on %s", (platform) => {
  it(`answers as a proxy under the same paths, for ${TARGETS} targets (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const tally = { targets: 0, apart: 0, allowed: 0 };
    const wrong: object[] = [];
    while (tally.targets < TARGETS && wrong.length === 0) {
      const spec = { ...randomGateway(random), handlers: [] };
      const adorn = randomAdornment(random, spec.areas);
      const upstream = await startUpstream(random.pick(READINGS), spec.areas);
      const running: { close(): Promise<void> }[] = [upstream];
      const start = async (way: ProxyName): Promise<number> => {
        const booted = await boot(spec, platform, way, upstream.url, adorn);
        running.push(booted);
        return booted.port;
      };
      try {
        const ports = [await start('http-proxy-middleware'), await start('a handler')];
        for (let count = 0; count < TARGETS_PER_GATEWAY; count++) {
          const request = randomRequest(random, randomTarget(random, spec));
          const [proxied, handled] = await Promise.all(
            ports.map(async (port) => seen(await send(port, request))),
          );
          tally.targets += 1;
          // A mount and a pattern of Nest's do not take quite the same targets: `//one`, `/one;v=1`.
          // A parameter that cannot be decoded is a 400 of Express, too, where a handler has the parameter.
          const isServers = [proxied, handled].some((one) =>
            isBeforeHooks(platform, request.path, one?.answer.status ?? 0),
          );
          if (isServers || proxied?.served !== handled?.served) tally.apart += 1;
          else if (JSON.stringify(proxied) === JSON.stringify(handled))
            tally.allowed += Number(JSON.stringify(proxied).includes('allow-origin'));
          else
            wrong.push({
              request,
              proxied,
              handled,
              areas: spec.areas.map((area) => ({ ...area, ...adorn(area) })),
            });
        }
      } finally {
        await Promise.all(running.map((one) => one.close()));
      }
    }
    expect(wrong.slice(0, 3).map((one) => JSON.stringify(one, null, 1))).toEqual([]);
    expect(tally.apart).toBeLessThan(tally.targets / 4);
    expect(tally.allowed).toBeGreaterThan(tally.targets / 10);
  }, 3_600_000);
});
