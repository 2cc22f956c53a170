import {
  CorsExportError,
  type CorsExportLoss,
  type CorsManifest,
  exportPolicies,
} from 'nestjs-cors/export';
import { brokenRules, type GatewayCors, routesIn } from './support/gateway.js';
import { manifestOf } from './support/shop.js';

type Policy = CorsManifest['policies'][string];

const ACCEPT = ['disputed-paths'];
const PLAIN: Partial<Policy> = {
  origin: ['https://*.app.example', 'https://app.example'],
  credentials: true,
  exposedHeaders: ['X-Total'],
  allowedHeaders: ['Content-Type'],
  maxAge: 60,
};

/** One route and one policy, which is the default too. */
async function manifestWith(policy: Partial<Policy>): Promise<CorsManifest> {
  const shop = await manifestOf();
  const { app } = shop.policies;
  if (app === undefined) throw new Error('no policy');
  const [route] = shop.routes;
  if (route === undefined) throw new Error('no route');
  return {
    ...shop,
    routes: [{ ...route, path: '/orders/:id', policy: 'app' }],
    paths: [],
    default: { policy: 'app' },
    policies: { app: { ...app, ...PLAIN, ...policy } },
  };
}

function lossesOf(manifest: CorsManifest): readonly CorsExportLoss[] {
  try {
    return exportPolicies(manifest, { target: 'gateway-api', accept: ACCEPT }).losses;
  } catch (error) {
    if (error instanceof CorsExportError) return error.losses;
    throw error;
  }
}

function filtersOf(manifest: CorsManifest): readonly (GatewayCors | undefined)[] {
  const { main, files } = exportPolicies(manifest, { target: 'gateway-api', accept: ACCEPT });
  const routes = routesIn(files[main] ?? '');
  expect(brokenRules(routes)).toEqual([]);
  return routes.flatMap(({ spec }) => spec.rules.map(({ filters }) => filters?.[0]?.cors));
}

const many = (count: number, of: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => of(index));

const REFUSED: readonly (readonly [code: string, policy: Partial<Policy>])[] = [
  ['max-age', { maxAge: 0 }],
  ['origin', { origin: ['https://app.example:*'] }],
  ['origin', { origin: ['http://[::1]:3000'] }],
  ['origin', { origin: ['capacitor://localhost'] }],
  ['origin', { origin: ['https://a_b.example'] }],
  ['too-many-origins', { origin: many(65, (index) => `https://t${index}.example`) }],
  ['too-many-headers', { allowedHeaders: many(65, (index) => `X-${index}`) }],
  ['predicate', { origin: [{ predicate: 'isPartner', where: 'policies.app.origin' }] }],
];

const LEFT: readonly (readonly [code: string, policy: Partial<Policy>])[] = [
  ['reject', { denied: 'reject' }],
  ['headers', { timingAllowOrigin: true }],
  ['headers', { resourcePolicy: 'same-site' }],
  ['headers', { preflightHeaders: { 'Cache-Control': 'max-age=60' } }],
  ['credentials', { credentials: ['https://app.example'] }],
];

describe('what a gateway cannot say', () => {
  it('is nothing of a plain policy, of which the filter says all', async () => {
    const manifest = await manifestWith({});
    const losses = exportPolicies(manifest, { target: 'gateway-api' }).losses;
    expect(losses.map(({ code }) => code)).toEqual(['application']);
    expect(filtersOf(manifest)).toEqual([
      {
        allowOrigins: ['https://app.example', 'https://*.app.example'],
        allowCredentials: true,
        allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        allowHeaders: ['content-type'],
        exposeHeaders: ['X-Total'],
        maxAge: 60,
      },
    ]);
  });

  it.each(REFUSED)('%s is refused', async (code, policy) => {
    expect(lossesOf(await manifestWith(policy))).toContainEqual({
      code,
      where: 'policies.app',
      message: expect.any(String) as string,
      effect: 'refused',
    });
  });

  it.each(LEFT)('%s is left to the application', async (code, policy) => {
    const manifest = await manifestWith(policy);
    expect(filtersOf(manifest)).toEqual([undefined]);
    expect(lossesOf(manifest)).toContainEqual({
      code,
      where: 'policies.app',
      message: expect.any(String) as string,
      effect: 'stricter',
    });
  });

  it('is methods of one path under different policies: nobody is let in there', async () => {
    const losses = lossesOf(await manifestOf()).filter(({ code }) => code === 'several-policies');
    expect(losses.map(({ where, effect }) => `${effect} ${where}`)).toContain(
      'stricter PathPrefix /orders',
    );
  });

  it('is a path that may be read in several ways, which has to be accepted', async () => {
    const manifest = await manifestWith({});
    const closed = { ...manifest, paths: [{ ...PRIVATE }] };
    expect(() => exportPolicies(closed, { target: 'gateway-api' })).toThrow(
      'disputed-paths, wider',
    );
    expect(lossesOf(closed).filter(({ effect }) => effect === 'wider')).not.toEqual([]);
  });

  it.each([[{ listen: '127.0.0.1:8080' }], [{ upstream: '127.0.0.1' }]])(
    'is the address %o',
    async (addresses) => {
      const manifest = await manifestWith({});
      const options = { target: 'gateway-api', accept: ACCEPT, ...addresses } as const;
      expect(() => exportPolicies(manifest, options)).toThrow('the name of a Gateway');
    },
  );

  it('is what lies below a prefix and is no route: `default` holds there, and nobody is let in', async () => {
    const manifest = await manifestWith({});
    const [route] = manifest.routes;
    if (route === undefined) throw new Error('no route');
    const open = {
      ...manifest,
      default: { policy: null },
      routes: [{ ...route, path: '/b/:x/c' }],
    };
    expect(filtersOf(open)).toEqual([undefined]);
  });

  it('is no number of routes: they are spread over HTTPRoutes', async () => {
    const manifest = await manifestWith({});
    const [route] = manifest.routes;
    if (route === undefined) throw new Error('no route');
    const routes = many(150, (index) => `/r${index}`).map((path) => ({ ...route, path }));
    const wide = { ...manifest, routes };
    expect(new Set(filtersOf(wide)).size).toBeGreaterThan(1);
  });
});

const PRIVATE = {
  path: '/private',
  prefix: true,
  methods: null,
  policy: false,
  declared: 'paths[0]',
  keepExposedHeaders: false,
} as const;
