import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  routerOf,
  markServed,
  type ExpressApplication,
} from '../../../../lib/platform/express/express-layers.js';
import {
  destinations,
  ExpressRouteTable,
} from '../../../../lib/platform/express/express-routes.js';
import { findMyWayOf, type FindMyWay } from '../../../../lib/platform/fastify/find-my-way.js';
import type { Patterned } from '../../../../lib/platform/index/route-index.js';
import { SmallRouters } from '../../../../lib/platform/fastify/small-routers.js';
import type { NestRoute } from '../../../../lib/routes/nest-route.js';
import { fc } from '../../../support/fast-check.js';

const METHODS = ['GET', 'PUT', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

interface Registration {
  readonly method: Method;
  readonly path: string;
}

const findMyWay = findMyWayOf(new FastifyAdapter().getInstance());

function registrations(rest: string): fc.Arbitrary<Registration[]> {
  const segment = fc.constantFrom('a', 'b', 'A', 'a.b', ':x', ':y', ':x', rest);
  const path = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '', '/'))
    .map(([segments, slash]) => `/${segments.join('/')}${slash}`);
  return fc.array(fc.record({ method: fc.constantFrom(...METHODS), path }), {
    minLength: 1,
    maxLength: 8,
  });
}

const target = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', 'A', 'a.b', 'c', '1', '', '%61', ':x', '*'), {
      maxLength: 4,
    }),
    fc.constantFrom('', '', '/', '?q', ';q', '?/a', '#'),
  )
  .map(([segments, end]) => `/${segments.join('/')}${end}`);
const targets = fc.array(target, { minLength: 2, maxLength: 30 });

function isRoute(found: unknown): boolean {
  return typeof found === 'object';
}

/** Targets that are said to be alike, and a method that leads to different routes there. */
function contradictions(
  urls: readonly string[],
  groupAt: (url: string) => object | undefined,
  routeAt: (url: string, method: Method) => unknown,
): string[] {
  const first = new Map<object, string>();
  const found: string[] = [];
  for (const url of urls) {
    const alike = groupAt(url);
    if (alike === undefined || !METHODS.some((method) => isRoute(routeAt(url, method)))) continue;
    const before = first.get(alike) ?? url;
    first.set(alike, before);
    for (const method of METHODS) {
      if (routeAt(url, method) !== routeAt(before, method))
        found.push(`${method} ${before} ${url}`);
    }
  }
  return found;
}

describe('targets that are alike', () => {
  it.each([true, false])(
    'lead to the same routes in find-my-way, caseSensitive %s',
    (caseSensitive) => {
      fc.assert(
        fc.property(
          registrations('*'),
          targets,
          fc.boolean(),
          (routes, urls, ignoreTrailingSlash) => {
            const router = findMyWay({ caseSensitive, ignoreTrailingSlash });
            const taken = routes.filter((route) => register(router, route));
            const asked = new SmallRouters(taken.map(toPatterned), () => undefined, 100);
            expect(
              contradictions(
                urls,
                (url) => asked.at(url).group,
                (url, method) => router.find(method, url, {})?.store,
              ),
            ).toEqual([]);
          },
        ),
        { numRuns: 1000 },
      );
    },
  );

  it('lead to the same routes in Express', () => {
    fc.assert(
      fc.property(registrations('*rest'), targets, fc.boolean(), (routes, urls, strict) => {
        const table = expressTable(routes, strict);
        const at = (url: string): ReturnType<ExpressRouteTable['at']> => table.at(url, () => '');
        expect(
          contradictions(
            urls,
            (url) => at(url).group,
            (url, method) => at(url).match(method),
          ),
        ).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

function toPatterned({ path }: Registration, index: number): Patterned {
  return { pattern: path, index, bound: false };
}

function register(router: FindMyWay, route: Registration): boolean {
  try {
    router.on(route.method, route.path, {}, () => undefined, route);
    return true;
  } catch {
    return false; // a duplicate, or no pattern
  }
}

function expressTable(routes: readonly Registration[], strict: boolean): ExpressRouteTable {
  const application = new ExpressAdapter().getInstance<
    ExpressApplication & Record<string, (...args: unknown[]) => void>
  >();
  if (strict) application['enable']?.('strict routing');
  for (const { method, path } of routes) {
    application[method.toLowerCase()]?.(path.replace(/\*rest\/.+/, '*rest'), () => path);
    const added = routerOf(application)?.stack?.at(-1)?.route;
    if (added !== undefined) markServed(added, { method, path } as NestRoute);
  }
  return new ExpressRouteTable(destinations(routerOf(application)?.stack ?? [], new WeakSet()));
}
