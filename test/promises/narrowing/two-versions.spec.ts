import type { CorsPathOptions, CorsPolicyOptions } from 'nestjs-cors';
import { type CorsManifest, type CorsManifestPolicy, manifestPaths } from 'nestjs-cors/export';
import { intersectPolicies } from '../../../lib/export/narrow/intersect-policies.js';
import { Random } from '../../support/random.js';
import { SEED } from '../../support/seed.js';
import { LIMIT, manifestOf, POLICY, randomPolicy } from './manifests.js';
import { allows, ORIGINS, permissionsOf } from './permissions.js';

const PAIRS = Number(process.env['CORS_NARROWING_PAIRS'] ?? 60);
const A = 'https://a.a.example';
const B = 'https://b.example';
/** An entry has a method of its own: without `methods` a policy is for any. */
const SERVED = null;

describe('what two versions of a policy permit', () => {
  it(`is permitted by both, and all that both permit by name, for ${PAIRS} pairs (CORS_SEED=${SEED})`, () => {
    const random = new Random(SEED);
    let open = 0;
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const [one, other] = [randomPolicy(random, 0.6), randomPolicy(random, 0.6)];
      const common = intersectPolicies(one, other);
      const context = JSON.stringify({ pair, one, other, common });
      if (common === false) continue;
      open += 1;
      const [mine, theirs] = [permissionsOf(one, SERVED), permissionsOf(other, SERVED)];
      for (const permission of permissionsOf(common, SERVED))
        if (!mine.has(permission) || !theirs.has(permission))
          throw new Error(`${permission}: ${context}`);
      for (const origin of ORIGINS)
        if (isNamed(one, origin) && isNamed(other, origin) && !allows(common.origin, origin))
          throw new Error(`${origin} is lost: ${context}`);
    }
    expect(open).toBeGreaterThan(PAIRS / 2);
  });
});

function isNamed({ origin }: CorsManifestPolicy, name: string): boolean {
  return typeof origin === 'object' && origin.includes(name);
}

type Row = readonly [path: string, method: string, policy: Partial<CorsManifestPolicy> | false];

function versionOf(...rows: readonly Row[]): CorsManifest {
  const policies = rows.map(([, , policy]) => policy && { ...POLICY, ...policy });
  const names = policies.map((policy, index) => policy && `p${index}`);
  const named = policies.flatMap((policy, index) =>
    policy ? [[`p${index}`, policy] as const] : [],
  );
  return {
    ...manifestOf(Object.fromEntries(named), []),
    routes: rows.map(([path, method], index) => ({
      method,
      path,
      handler: 'A.b',
      policy: names[index] ?? false,
      declared: null,
    })),
  };
}

/** Who may read, by method and path. */
function readersOf(paths: readonly CorsPathOptions[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    paths.map(({ path, methods = ['ALL'], policy }) => [
      `${[methods].flat().join()} ${[path].flat().join()}`,
      policy === false ? 'nobody' : (policy as CorsPolicyOptions).origin,
    ]),
  );
}

describe('manifestPaths() of two versions', () => {
  it.each<readonly [string, readonly Row[], readonly Row[], Readonly<Record<string, unknown>>]>([
    [
      'an origin that is new',
      [['/orders', 'GET', { origin: [A] }]],
      [['/orders', 'GET', { origin: [A, B] }]],
      { 'GET /orders': [A] },
    ],
    [
      'an origin within a pattern',
      [['/orders', 'GET', { origin: ['https://*.a.example'] }]],
      [['/orders', 'GET', { origin: [A, B] }]],
      { 'GET /orders': [A] },
    ],
    [
      'a place that is new',
      [['/orders', 'GET', { origin: [A] }]],
      [
        ['/orders', 'GET', { origin: [A] }],
        ['/prices', 'GET', { origin: [A] }],
      ],
      { 'GET /orders': [A], 'GET /prices': 'nobody' },
    ],
    [
      'a place that was under another',
      [['/orders/:id', 'GET', { origin: [A, B] }]],
      [
        ['/orders/:id', 'GET', { origin: [A] }],
        ['/orders/export', 'GET', { origin: [B] }],
      ],
      { 'GET /orders/*rest': [A], 'GET /orders/export': [B] },
    ],
    [
      'a place that is closed',
      [['/orders', 'GET', { origin: [A] }]],
      [['/orders', 'GET', false]],
      { 'GET /orders': 'nobody' },
    ],
    [
      'a method that is one of all',
      [['/orders', 'ALL', { origin: [A] }]],
      [['/orders', 'PUT', { origin: [A, B] }]],
      { 'ALL /orders': 'nobody', 'PUT /orders': [A] },
    ],
  ])('permits what both permit: %s', (_name, before, after, expected) => {
    const versions = [versionOf(...before), versionOf(...after)];
    for (const order of [versions, [...versions].reverse()])
      expect(readersOf(manifestPaths(order, { prefix: '', within: LIMIT }))).toEqual(expected);
  });

  it('is that of one where they are the same', () => {
    const version = versionOf(['/orders/:id', 'GET', { origin: [A, B] }]);
    const [both, alone] = [[version, version], version].map((given) =>
      readersOf(manifestPaths(given, { within: LIMIT })),
    );
    expect(both).toEqual(alone);
  });
});
