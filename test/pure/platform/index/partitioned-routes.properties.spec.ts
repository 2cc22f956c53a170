import * as fc from 'fast-check';
import { ExpressAdapter } from '@nestjs/platform-express';
import {
  routerOf as expressRouterOf,
  type ExpressApplication,
} from '../../../../lib/platform/express/express-layers.js';
import { loadFindMyWay, type FindMyWay } from '../../../../lib/platform/fastify/find-my-way.js';
import { PartitionedRoutes } from '../../../../lib/platform/index/partitioned-routes.js';

interface Registered {
  readonly index: number;
  readonly method: 'GET' | 'PUT';
  readonly pattern: string;
}

const findMyWay = loadFindMyWay();

/** Paths of literals, parameters and what else the router at hand has; some share long beginnings, some are odd. */
function patterns(odd: readonly string[]): fc.Arbitrary<Registered[]> {
  const literal = fc.constantFrom('a', 'b', 'A', 'a.b', 'api', 'ab');
  const segment = fc.oneof(
    { weight: 6, arbitrary: literal },
    { weight: 2, arbitrary: fc.constantFrom(':x', ':y', 'a:x') },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
  const path = fc
    .tuple(
      fc.constantFrom('', '/api', '/api/v1'),
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '', '/'),
    )
    .map(([prefix, segments, slash]) => `${prefix}/${segments.join('/')}${slash}`);
  const method = fc.constantFrom('GET' as const, 'PUT' as const);
  return fc
    .array(fc.record({ method, pattern: path }), { minLength: 2, maxLength: 30 })
    .map((routes) => routes.map((route, index) => ({ ...route, index })));
}

const target = fc
  .tuple(
    fc.constantFrom('', '', '/api', '/api/v1', '/API', '//api', 'http://h/api', '/%61pi'),
    fc.array(
      fc.constantFrom('a', 'b', 'A', 'a.b', 'ab', 'c', 'api', '', '%61', 'a%2Fb', 'a;b', ':x', '*', 'é', 'a\\b'),
      { maxLength: 4 },
    ),
    fc.constantFrom('', '', '/', '//', '?q', '/?/a', ';q', '#/a', '?a/b'),
  )
  .map(([start, segments, end]) => `${start}/${segments.join('/')}${end}`); // prettier-ignore
const targets = fc.array(target, { minLength: 1, maxLength: 20 });

/** Whatever the router does at a target: a route, none, or an error. */
function outcome(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return String(error);
  }
}

describe('the part of the routes that is asked about a target', () => {
  const settings = fc.record({
    caseSensitive: fc.boolean(),
    ignoreTrailingSlash: fc.boolean(),
    ignoreDuplicateSlashes: fc.boolean(),
    useSemicolonDelimiter: fc.boolean(),
    maxParamLength: fc.constantFrom(1, 100),
  });

  it('answers as all of them do in find-my-way', () => {
    const odd = ['*', ':x?', ':x(^a+$)', 'a::b', ':x-:y', '', 'a*'];
    fc.assert(
      fc.property(patterns(odd), targets, settings, fc.nat({ max: 3 }), (given, urls, options, few) => {
        const whole = routerOf(given, options);
        const parts = PartitionedRoutes.of(given, (some) => routerOf(some, options), few);
        for (const url of urls) {
          for (const method of ['GET', 'PUT']) {
            const find = (router: FindMyWay) => (): unknown => router.find(method, url, {})?.store;
            expect(outcome(find(parts.at(url)))).toBe(outcome(find(whole)));
          }
        }
      }),
      { numRuns: 3000 },
    ); // prettier-ignore
  });

  it('has every route of Express that matches, in order', () => {
    const odd = ['*rest', 'a{b}', 'a{-:x}', ':x-b', 'a*rest', 'a{', 'b}', '*r', '*r'];
    const flags = fc.record({ strict: fc.boolean(), sensitive: fc.boolean() });
    fc.assert(
      fc.property(patterns(odd), targets, flags, fc.nat({ max: 3 }), (given, urls, flag, few) => {
        const routes = expressRoutes(given, flag);
        const parts = PartitionedRoutes.of(routes, (some) => some, few);
        for (const url of urls) {
          const path = url.split('?')[0] ?? '';
          const matching = ({ match }: ExpressRoute): boolean => Boolean(match(path));
          expect(parts.at(url).filter(matching)).toEqual(routes.filter(matching));
        }
      }),
      { numRuns: 3000 },
    ); // prettier-ignore
  });

  it('keeps what a wildcard before a literal may match, however deep', () => {
    const deep = ['/ab/c/x', '/ab/c/y', '/*r/b'].map((pattern, index) => ({ pattern, index }));
    const parts = PartitionedRoutes.of(deep, (some) => some, 1);
    for (const url of ['/ab/c/x', '/ab/c/b', '/ab/b', '/x/b', '/ab'])
      expect(parts.at(url)).toContainEqual(deep[2]);
  });

  it('is small where literals tell many routes apart, behind a prefix as well', () => {
    const routes = Array.from({ length: 10_000 }, (_, index) => ({
      pattern: `/api/v1/area-${index % 500}/${index}/:id`,
      index: index + 1,
    }));
    const parts = PartitionedRoutes.of([{ pattern: '/*', index: 0 }, ...routes], (some) => some);
    expect(parts.at('/api/v1/area-7/1007/x')).toHaveLength(21);
    expect(parts.at('/elsewhere?/api/v1/area-7')).toEqual([{ pattern: '/*', index: 0 }]);
    expect(parts.at('/api/v1/%61rea-7')).toHaveLength(10_001);
  });

  it('is made once, and not at all for what nobody asks about', () => {
    const made: number[] = [];
    const routes = Array.from({ length: 1000 }, (_, index) => ({
      pattern: `/area-${index % 10}/x`,
      index,
    }));
    const parts = PartitionedRoutes.of(routes, (some) => made.push(some.length));
    expect(made).toEqual([]);
    parts.at('/area-1/x');
    parts.at('/area-1/x?again');
    expect(made).toEqual([100]);
  });
});

function routerOf(routes: readonly Registered[], options: object): FindMyWay {
  const router = findMyWay(options);
  for (const route of routes) {
    try {
      router.on(route.method, route.pattern, {}, () => undefined, route);
    } catch {
      // A duplicate, or no pattern: Fastify refuses it, though its router may have taken a part of it (`/a/:x?`).
    }
  }
  return router;
}

interface ExpressRoute extends Registered {
  readonly match: (path: string) => unknown;
}

function expressRoutes(
  given: readonly Registered[],
  { strict, sensitive }: { strict: boolean; sensitive: boolean },
): ExpressRoute[] {
  const application = new ExpressAdapter().getInstance<
    ExpressApplication & Record<string, (...args: unknown[]) => void>
  >();
  if (strict) application['enable']?.('strict routing');
  if (sensitive) application['enable']?.('case sensitive routing');
  const taken = given.filter(({ pattern }) => {
    try {
      application['put']?.(pattern, () => undefined);
      return true;
    } catch {
      return false; // no pattern
    }
  });
  const layers = (expressRouterOf(application)?.stack ?? []).filter(
    ({ route }) => route !== undefined,
  );
  return taken.map((route, index) => ({
    ...route,
    match: (path: string): unknown => layers[index]?.match(path),
  }));
}
