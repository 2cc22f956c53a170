import { markServed } from '../../../lib/platform/express/express-layers.js';
import { destinations, ExpressRouteTable } from '../../../lib/platform/express/express-routes.js';
import type { CompiledPolicy } from '../../../lib/protocol/compiled-policy.js';
import type { NestRoute } from '../../../lib/routes/nest-route.js';
import { PathPolicies } from '../../../lib/paths/path-policies.js';
import { RouteIndex } from '../../../lib/platform/index/route-index.js';
import { PolicySelector } from '../../../lib/routes/policy-selector.js';
import type { RoutesAtTarget } from '../../../lib/routes/route-lookup.js';
import { operationsOf } from './support/counting.js';

const POLICY = { id: 'policy', methods: undefined } as CompiledPolicy;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']);

class Handler {}

function routeOf(path: string, method: string): NestRoute {
  const name = { controller: Handler, methodName: 'handle' };
  const bounds = { host: undefined, version: undefined, headerBound: false };
  return { method, path, ...name, ...bounds, policyIndex: 0, declared: POLICY };
}

/** Static and parametrised patterns in turn, the ones asked for last. */
function patterns(count: number): string[] {
  const indexes = Array.from({ length: count / 2 }, (_, index) => index);
  return indexes.flatMap((index) => [`/all${index}/items`, `/one${index}/:id`]);
}

/** A table over layers that count how often they are asked. */
function tableOf(paths: readonly string[]): { table: ExpressRouteTable; asked: () => number } {
  let asked = 0;
  const layers = paths.flatMap((path) =>
    ['GET', 'PUT'].map((method) => {
      const matcher = new RegExp(`^${path.replace(':id', '[^/]+')}$`);
      const match = (target: string): boolean => {
        asked += 1;
        return matcher.test(target);
      };
      const route = { path, stack: [], _handlesMethod: (name: string) => name === method };
      markServed(route, routeOf(path, method));
      return { match, route };
    }),
  );
  return {
    table: new ExpressRouteTable(destinations(layers, new WeakSet())),
    asked: () => asked,
  };
}

describe('the routes at a target', () => {
  it.each(['/all%/items', '/one%/42'])(
    'are found with as much work among 10,000 as among 20: %s',
    (target) => {
      const [few, many] = [20, 10_000].map((count) => {
        const { table, asked } = tableOf(patterns(count));
        const url = target.replace('%', String(count / 2 - 1));
        table.at(url, () => '');
        const before = asked();
        const { mapLookups } = operationsOf(() => table.at(url, () => '').match('PUT'));
        return { mapLookups, asked: asked() - before };
      });
      expect(many).toEqual(few);
      expect(many?.asked).toBe(1);
    },
  );

  it('are narrowed down with as much work among 10,000 as among 20', () => {
    const [few, many] = [20, 10_000].map((count) => {
      const routes = patterns(count).map((pattern, at) => ({ pattern, index: at, bound: false }));
      const index = new RouteIndex(routes);
      const ask = (): unknown => index.candidates(`/one${count / 2 - 1}/42`);
      ask();
      return operationsOf(ask).mapLookups;
    });
    expect(many).toBe(few);
  });
});

/** Routes of which every method has one, and the methods that were asked for. */
function routesCounting(alike: object | undefined): { routes: RoutesAtTarget; asked: string[] } {
  const asked: string[] = [];
  const match = (method: string): NestRoute => {
    asked.push(method);
    return routeOf('/one/:id', method);
  };
  return { routes: { match, group: alike }, asked };
}

/** The methods asked for when the list is wanted for a third target. */
function askedAtThird(alike: object | undefined): string[] {
  const current = (policy: CompiledPolicy): CompiledPolicy => policy;
  const snapshot = { revision: 0, policies: [POLICY], default: undefined, current };
  const paths = new PathPolicies([], true);
  const selector = new PolicySelector({ ...snapshot, paths }, METHODS);
  for (const url of ['/one/1', '/one/2']) {
    const { routes } = routesCounting(alike);
    selector.listMethods(selector.select(routes, 'PUT', url), routes, 'PUT', url);
  }
  const { routes, asked } = routesCounting(alike);
  const selection = selector.select(routes, 'PUT', '/one/3');
  expect(selector.listMethods(selection, routes, 'PUT', '/one/3').split(', ')).toHaveLength(
    METHODS.size,
  );
  return asked;
}

describe('the methods to list', () => {
  it('are worked out once where one pattern decides', () => {
    expect(askedAtThird({})).toEqual(['PUT']);
  });

  it('are asked for once per method elsewhere', () => {
    expect(askedAtThird(undefined)).toEqual(['PUT', ...METHODS]);
  });
});
