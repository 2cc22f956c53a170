import { CorsModule, type CorsPolicyOptions } from 'nestjs-cors';
import {
  type CorsManifest,
  type CorsManifestPolicy,
  CorsNarrowingError,
  type CorsNarrowingIssue,
  manifestPaths,
  narrowManifest,
} from 'nestjs-cors/export';
import { Random } from '../../support/random.js';
import { SEED } from '../../support/seed.js';
import { allows, ORIGINS, permissionsOf } from './permissions.js';

const PAIRS = Number(process.env['CORS_NARROWING_PAIRS'] ?? 200);
const PATTERNS = [
  ...ORIGINS,
  'https://*.a.example',
  'https://*.b.example',
  'https://*.x.a.example',
  'https://a.example:*',
];

function subset<Item>(random: Random, items: readonly Item[], chance = 0.5): readonly Item[] {
  return items.filter(() => random.chance(chance));
}

function randomPolicy(random: Random, width: number): CorsManifestPolicy {
  const some = subset(random, PATTERNS, width);
  const isOpen = random.chance(width / 4);
  const origin = isOpen
    ? '*'
    : random.chance(0.05)
      ? false
      : [...(some.length > 0 ? some : ['https://b.example'])];
  if (Array.isArray(origin) && random.chance(0.15))
    origin.push({ regexp: '^https:\\/\\/pr-\\d+\\.b\\.example$', flags: '' } as never);
  const credentials = Array.isArray(origin)
    ? random.pick([true, false, false, origin.slice(0, 1)])
    : false;
  return {
    origin,
    credentials,
    methods: random.pick([null, null, ['PUT'], ['PUT', 'DELETE'], ['PATCH']]),
    allowedHeaders: random.chance(width) ? null : subset(random, ['X-A', 'X-B']),
    exposedHeaders: subset(random, ['X-E', 'X-F'], width),
    maxAge: random.pick([0, 60, 600]),
    optionsSuccessStatus: random.pick([200, 204]),
    denied: random.pick(['omit', 'omit', 'reject'] as const),
    vary: [],
    preflightHeaders: {},
    timingAllowOrigin: random.chance(width / 2),
    resourcePolicy: random.pick([null, null, 'same-site', 'same-origin']),
    dangerouslyAllow: [],
    fingerprint: '',
  };
}

function manifestOf(
  policies: Readonly<Record<string, CorsManifestPolicy>>,
  methods: readonly string[],
): CorsManifest {
  const names = Object.keys(policies);
  return {
    format: 1,
    service: 'orders',
    platform: { name: 'express', strategy: 'hook', caseSensitive: false },
    debug: false,
    routes: names.flatMap((name) =>
      methods.map((method) => ({
        method,
        path: `/${name}`,
        handler: 'A.b',
        policy: name,
        declared: null,
      })),
    ),
    paths: [],
    default: { policy: null },
    gateways: [],
    policies,
    digest: '',
  };
}

/** The ceiling as somebody would write it. */
function written({
  fingerprint: _made,
  origin,
  credentials,
  methods,
  allowedHeaders,
  resourcePolicy,
  ...rest
}: CorsManifestPolicy): CorsPolicyOptions {
  const options = (list: readonly unknown[]): readonly (string | RegExp)[] =>
    list.map((one) =>
      typeof one === 'string' ? one : new RegExp((one as { readonly regexp: string }).regexp),
    );
  return {
    ...rest,
    dangerouslyAllow: [],
    origin: typeof origin === 'object' ? options(origin) : origin,
    credentials: typeof credentials === 'object' ? options(credentials) : credentials,
    ...(methods !== null && { methods }),
    ...(allowedHeaders !== null && { allowedHeaders }),
    ...(resourcePolicy !== null && { resourcePolicy: resourcePolicy as 'same-site' }),
  };
}

function issuesOf(
  manifest: CorsManifest,
  ceiling: CorsPolicyOptions,
): readonly CorsNarrowingIssue[] {
  try {
    narrowManifest(manifest, ceiling);
    return [];
  } catch (error) {
    if (error instanceof CorsNarrowingError) return error.issues;
    throw error;
  }
}

describe('narrowManifest()', () => {
  it(`takes nothing that is wider by brute force, and has a reason for what it refuses, for ${PAIRS} pairs (CORS_SEED=${SEED})`, () => {
    const random = new Random(SEED);
    const counts = { taken: 0, refused: 0 };
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const limit = randomPolicy(random, 0.8);
      const policies = Object.fromEntries(
        subset(random, ['p', 'q'], 0.8).map((name) => [
          name,
          random.chance(0.3)
            ? { ...limit, maxAge: random.pick([0, 60, 600]) }
            : randomPolicy(random, 0.15),
        ]),
      );
      const served = subset(random, ['GET', 'PUT', 'DELETE'], 0.7);
      const manifest = manifestOf(policies, served);
      const permitted = permissionsOf(limit, null);
      const further = Object.values(policies).flatMap((policy) =>
        [...permissionsOf(policy, served)].filter((one) => !permitted.has(one)),
      );
      const issues = issuesOf(manifest, written(limit));
      counts[issues.length === 0 ? 'taken' : 'refused'] += 1;
      const context = JSON.stringify({
        pair,
        limit,
        policies,
        served,
        issues,
        further: further.slice(0, 5),
      });
      if (issues.length === 0 && further.length > 0) throw new Error(`taken: ${context}`);
      for (const issue of issues) {
        const policy = policies[issue.where.replace('orders: policies.', '')];
        if (policy === undefined || !isProved(issue, policy, limit))
          throw new Error(`unproved: ${context}`);
      }
    }
    expect(counts.taken).toBeGreaterThan(PAIRS / 20);
    expect(counts.refused).toBeGreaterThan(PAIRS / 20);
  });
});

/** The witness is permitted by the policy, and not by the ceiling. */
function isProved(
  { option, witness }: CorsNarrowingIssue,
  policy: CorsManifestPolicy,
  limit: CorsManifestPolicy,
): boolean {
  const origins = (of: CorsManifestPolicy): CorsManifestPolicy['origin'] =>
    option === 'origin' || of.credentials === true
      ? of.origin
      : of.credentials === false
        ? false
        : of.credentials;
  if (option === 'origin' || option === 'credentials')
    return (
      witness !== undefined && allows(origins(policy), witness) && !allows(origins(limit), witness)
    );
  if (option === 'methods' || option === 'allowedHeaders' || option === 'exposedHeaders')
    return witness !== undefined;
  return ['maxAge', 'denied', 'timingAllowOrigin', 'resourcePolicy'].includes(option);
}

const LIMIT: CorsPolicyOptions = {
  origin: ['https://*.a.example', 'https://b.example'],
  credentials: true,
};
const POLICY: CorsManifestPolicy = {
  ...randomPolicy(new Random(1), 0),
  origin: ['https://x.a.example'],
  credentials: false,
  methods: null,
  allowedHeaders: [],
  exposedHeaders: [],
  maxAge: 60,
  optionsSuccessStatus: 204,
  denied: 'omit',
  timingAllowOrigin: false,
  resourcePolicy: null,
};

describe('a manifest that is wider than its ceiling', () => {
  it.each<
    readonly [string, Partial<CorsManifestPolicy>, CorsPolicyOptions, string, string | undefined]
  >([
    ['another origin', { origin: ['https://c.example'] }, LIMIT, 'origin', 'https://c.example'],
    ['everybody', { origin: '*' }, LIMIT, 'origin', undefined],
    ['a pattern above its own', { origin: ['https://*.b.example'] }, LIMIT, 'origin', undefined],
    [
      'a predicate',
      { origin: [{ predicate: 'isPartner', where: 'policies.p.origin' }] },
      LIMIT,
      'origin',
      undefined,
    ],
    [
      'credentials',
      { credentials: true },
      { ...LIMIT, credentials: false },
      'credentials',
      'https://x.a.example',
    ],
    ['a longer maxAge', { maxAge: 601 }, LIMIT, 'maxAge', undefined],
    [
      'any header',
      { allowedHeaders: null },
      { ...LIMIT, allowedHeaders: ['X-A'] },
      'allowedHeaders',
      '*',
    ],
    [
      'a further header',
      { allowedHeaders: ['X-B'] },
      { ...LIMIT, allowedHeaders: ['X-A'] },
      'allowedHeaders',
      'X-B',
    ],
    [
      'a further method',
      { methods: ['DELETE'] },
      { ...LIMIT, methods: ['PUT'] },
      'methods',
      'DELETE',
    ],
    [
      'a further header of preflights',
      { preflightHeaders: { 'Set-Cookie': 'a=b' } },
      LIMIT,
      'preflightHeaders',
      'Set-Cookie',
    ],
  ])('is refused for %s, with the place', (_name, change, ceiling, option, witness) => {
    const issues = issuesOf(manifestOf({ p: { ...POLICY, ...change } }, ['GET']), ceiling);
    const shown = witness === undefined ? {} : { witness };
    expect(issues).toEqual([
      expect.objectContaining({ where: 'orders: policies.p', option, ...shown }),
    ]);
  });

  it('is refused whole for one of its policies', () => {
    const manifest = manifestOf({ p: POLICY, q: { ...POLICY, maxAge: 9_999 } }, ['GET']);
    expect(() => manifestPaths(manifest, { within: LIMIT })).toThrow(CorsNarrowingError);
  });
});

describe('manifestPaths()', () => {
  const manifest: CorsManifest = {
    ...manifestOf({ p: POLICY }, []),
    routes: [
      { method: 'GET', path: '/orders', handler: 'A.list', policy: 'p', declared: null },
      { method: 'PUT', path: '/orders/:id', handler: 'A.update', policy: 'p', declared: null },
      { method: 'DELETE', path: '/orders/:id', handler: 'A.remove', policy: false, declared: null },
      { method: 'GET', path: '/health', handler: 'A.health', policy: null, declared: null },
    ],
    paths: [
      {
        path: '/files',
        prefix: true,
        methods: null,
        policy: 'p',
        declared: 'paths[0]',
        keepExposedHeaders: false,
      },
    ],
  };

  it('makes entries of routes and of paths, behind the prefix of the gateway', () => {
    const entries = manifestPaths(manifest, { prefix: '/shop/', within: LIMIT });
    expect(entries.map(({ path, methods, policy }) => [path, methods, policy === false])).toEqual([
      ['/shop/orders', ['GET'], false],
      ['/shop/orders/*rest', ['PUT'], false],
      ['/shop/orders/*rest', ['DELETE'], true],
      ['/shop/files/*rest', undefined, false],
    ]);
  });

  it('makes entries that a gateway starts with', () => {
    const paths = manifestPaths(manifest, { prefix: '/shop', within: LIMIT });
    expect(CorsModule.validate({ paths })).toEqual({ errors: [], warnings: [] });
  });

  it('does not guess where one prefix would need two policies', () => {
    const further = {
      method: 'PUT',
      path: '/orders/:id/state',
      handler: 'A.state',
      policy: false,
      declared: null,
    } as const;
    const ambiguous = { ...manifest, routes: [...manifest.routes, further] };
    expect(() => manifestPaths(ambiguous, { within: LIMIT })).toThrow(
      /PUT \/orders\/:id\/state \(A\.state\), path: it would be \/orders\/\*rest in `paths`, as PUT \/orders\/:id \(A\.update\) is/,
    );
  });
});
