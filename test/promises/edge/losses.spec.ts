import {
  CorsExportError,
  type CorsExportLoss,
  type CorsManifest,
  exportPolicies,
} from 'nestjs-cors/export';
import { manifestOf } from './support/shop.js';

type Change = (manifest: CorsManifest) => CorsManifest;

const TARGETS = ['nginx', 'haproxy', 'caddy'] as const;

const withRoute =
  (route: Partial<CorsManifest['routes'][number]>): Change =>
  (manifest) => ({
    ...manifest,
    routes: [
      ...manifest.routes,
      {
        method: 'GET',
        path: '/further',
        handler: 'Further.read',
        policy: 'app',
        declared: null,
        ...route,
      },
    ],
  });

const withPolicy =
  (options: Partial<CorsManifest['policies'][string]>): Change =>
  (manifest) => {
    const { app } = manifest.policies;
    if (app === undefined) throw new Error('no policy');
    return { ...manifest, policies: { ...manifest.policies, app: { ...app, ...options } } };
  };

const withOrigin = (...origin: CorsManifest['policies'][string]['origin'][]): Change =>
  withPolicy({ origin: origin.flat() as never, credentials: false });

const REFUSED: readonly (readonly [code: string, where: string, change: Change])[] = [
  [
    'predicate',
    'policies.app',
    withOrigin([{ predicate: 'isPartner', where: 'policies.app.origin' }]),
  ],
  [
    'regexp',
    'policies.app',
    withOrigin(['https://a.example', { regexp: '^https://[a-z]+\\.b\\.example$', flags: '' }]),
  ],
  ['route-path', 'GET /files{/:name} (Further.read)', withRoute({ path: '/files{/:name}' })],
  ['route-path', 'GET /users/:id(\\d+) (Further.read)', withRoute({ path: '/users/:id(\\d+)' })],
  ['route-path', 'GET /café (Further.read)', withRoute({ path: '/café' })],
  ['host-bound', 'GET /further (Further.read)', withRoute({ hosts: ['admin.example'] })],
  ['header-bound', 'GET /further (Further.read)', withRoute({ headerBound: true })],
  [
    'platform',
    'platform',
    (manifest) => ({ ...manifest, platform: { ...manifest.platform, name: 'koa' } }),
  ],
  ['live', 'live', (manifest) => ({ ...manifest, live: { source: 'tenants', revision: 0 } })],
  [
    'path',
    'paths[9]',
    (manifest) => ({
      ...manifest,
      paths: [
        ...manifest.paths,
        { ...manifest.paths[0], path: '/a b', declared: 'paths[9]' },
      ] as never,
    }),
  ],
  ['text', 'digest', (manifest) => ({ ...manifest, digest: '\ninclude /etc/passwd' })],
  ['text', 'G;T /further', withRoute({ method: 'G;T' })],
  ['text', 'policies.app', withPolicy({ exposedHeaders: ['X-Total; evil on'] })],
  ['text', 'policies.app', withPolicy({ allowedHeaders: ['a\nb'] })],
  ['text', 'policies.app', withPolicy({ preflightHeaders: { 'X-One': 'a\r\nSet-Cookie: b' } })],
  ['text', 'policies.app', withPolicy({ preflightHeaders: { 'X.One': 'a' } })],
  ['text', 'policies.app', withPolicy({ maxAge: 1e21 })],
];

const DIFFERENT: readonly (readonly [code: string, change: Change])[] = [
  ['debug', (manifest) => ({ ...manifest, debug: true })],
  [
    'strategy',
    (manifest) => ({ ...manifest, platform: { ...manifest.platform, strategy: 'interceptor' } }),
  ],
];

function lossesOf(
  manifest: CorsManifest,
  target: (typeof TARGETS)[number],
): readonly CorsExportLoss[] {
  try {
    exportPolicies(manifest, { target });
  } catch (error) {
    if (error instanceof CorsExportError) return error.losses;
    throw error;
  }
  return [];
}

describe.each(TARGETS)('what %s cannot say', (target) => {
  it('is nothing for the shop', async () => {
    expect(exportPolicies(await manifestOf(), { target }).losses).toEqual([]);
  });

  it.each(REFUSED)('%s at %s is refused', async (code, where, change) => {
    expect(lossesOf(change(await manifestOf()), target)).toEqual([
      { code, where, message: expect.any(String) as string, effect: 'refused' },
    ]);
  });

  it('is said by patterns that cover the expression', async () => {
    const covered = withOrigin([
      'https://*.b.example',
      { regexp: '^https://[a-z]+\\.b\\.example$', flags: '' },
    ]);
    expect(lossesOf(covered(await manifestOf()), target)).toEqual([]);
  });

  it.each(DIFFERENT)('%s is told of', async (code, change) => {
    expect(exportPolicies(change(await manifestOf()), { target }).losses).toEqual([
      {
        code,
        where: expect.any(String) as string,
        message: expect.any(String) as string,
        effect: 'different',
      },
    ]);
  });

  it('is a live list that is revoked later, and has to be accepted', async () => {
    const manifest = { ...(await manifestOf()), live: { source: 'tenants', revision: 7 } };
    const live = [
      {
        code: 'live',
        where: 'live',
        message: expect.stringContaining('revision 7') as string,
        effect: 'wider',
      },
    ];
    expect(lossesOf(manifest, target)).toEqual(live);
    expect(exportPolicies(manifest, { target, accept: ['live'] }).losses).toEqual(live);
  });

  it('is no text that depends on anything but the manifest', async () => {
    const manifest = await manifestOf();
    const copy = JSON.parse(JSON.stringify(manifest)) as CorsManifest;
    expect(exportPolicies(copy, { target })).toEqual(exportPolicies(manifest, { target }));
  });
});
