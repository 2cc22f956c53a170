import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  routerOf as expressRouterOf,
  type ExpressApplication,
} from '../../../../lib/platform/express/express-layers.js';
import { findMyWayOf, type FindMyWay } from '../../../../lib/platform/fastify/find-my-way.js';
import { SmallRouters } from '../../../../lib/platform/fastify/small-routers.js';
import { RouteIndex } from '../../../../lib/platform/index/route-index.js';
import { fc } from '../../../support/fast-check.js';

interface Registered {
  readonly index: number;
  readonly method: 'GET' | 'PUT';
  readonly pattern: string;
  readonly bound: boolean;
}

const findMyWay = findMyWayOf(new FastifyAdapter().getInstance());

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
    .map((routes) => routes.map((route, index) => ({ ...route, index, bound: false })));
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

describe('the routes that are asked about a target', () => {
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
      fc.property(patterns(odd), targets, settings, (given, urls, options) => {
        const whole = routerOf(given, options);
        const parts = new SmallRouters(given, (some) => routerOf(some, options), options.maxParamLength);
        for (const url of urls) {
          for (const method of ['GET', 'PUT']) {
            const find = (router: FindMyWay) => (): unknown => router.find(method, url, {})?.store;
            expect(outcome(find(parts.at(url).router))).toBe(outcome(find(whole)));
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
      fc.property(patterns(odd), targets, flags, (given, urls, flag) => {
        const routes = expressRoutes(given, flag);
        const index = new RouteIndex(routes);
        for (const url of urls) {
          const path = url.split('?')[0] ?? '';
          const matching = ({ match }: ExpressRoute): boolean => Boolean(match(path));
          const found = index.candidates(path).flatMap((group) => group.routes).filter(matching);
          expect(found.sort((left, right) => left.index - right.index)).toEqual(routes.filter(matching));
        }
      }),
      { numRuns: 3000 },
    ); // prettier-ignore
  });

  it('keeps what a wildcard before a literal may match, however deep', () => {
    const deep = ['/ab/c/x', '/ab/c/y', '/*r/b'].map((pattern, index) => ({
      pattern,
      index,
      bound: false,
    }));
    const index = new RouteIndex(deep);
    for (const url of ['/ab/c/x', '/ab/c/b', '/ab/b', '/x/b', '/ab'])
      expect(index.candidates(url).flatMap(({ routes }) => routes)).toContainEqual(deep[2]);
  });

  it('are few where literals tell many apart, behind a prefix as well, and all where a target is not plain', () => {
    const routes = Array.from({ length: 10_000 }, (_, index) => ({
      pattern: `/api/v1/area-${index % 500}/${index}/:id`,
      index: index + 1,
      bound: false,
    }));
    const all = [{ pattern: '/*', index: 0, bound: false }, ...routes];
    const asked = new SmallRouters(all, (some) => some, 100);
    expect(asked.at('/api/v1/area-7/1007/x').router).toEqual([all[0], all[1008]]);
    expect(asked.at('/elsewhere?/api/v1/area-7').router).toEqual([all[0]]);
    expect(asked.at('/api/v1/%61rea-7').router).toHaveLength(10_001);
  });

  it('are put together once, and not at all for what nobody asks about', () => {
    const made: number[] = [];
    const routes = ['/one/:id', '/one/:name', '/two', '/*'].map((pattern, index) => ({
      pattern,
      index,
      bound: false,
    }));
    const asked = new SmallRouters(routes, (some) => made.push(some.length), 100);
    expect(made).toEqual([]);
    for (const target of ['/one/1', '/one/2?again', '/two', '/three']) asked.at(target);
    expect(made).toEqual([3, 2, 1]);
  });

  it('are remembered for no more sets than there are routes, and a thousand', () => {
    const made: number[] = [];
    const segments = Array.from({ length: 12 }, (_, index) => index);
    const patterns = segments.map(
      (at) => `/${segments.map((other) => (other === at ? 'a' : `:p${other}`)).join('/')}`,
    );
    const routes = patterns.map((pattern, index) => ({ pattern, index, bound: false }));
    const asked = new SmallRouters(routes, (some) => made.push(some.length), 100);
    const targetOf = (bits: number): string =>
      `/${segments.map((at) => ((bits >> at) & 1 ? 'a' : 'b')).join('/')}`;
    for (let bits = 0; bits < 2048; bits += 1) asked.at(targetOf(bits));
    const before = made.length;
    asked.at(targetOf(1));
    expect([before, made.length]).toEqual([2048, 2049]);
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
