import type { CorsPolicyOptions } from 'nestjs-cors';
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
import { LIMIT, manifestOf, POLICY, randomPolicy, subset, written } from './manifests.js';
import { allows, permissionsOf } from './permissions.js';

const PAIRS = Number(process.env['CORS_NARROWING_PAIRS'] ?? 200);

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
