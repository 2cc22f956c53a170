import { BEYOND } from '../edge/cell.js';
import type { EdgeTable } from '../edge/edge-table.js';
import type { EdgeAddresses, EngineFiles } from '../edge/engine.js';
import type { Losses } from '../edge/losses.js';
import { type CorsFilter, corsFilter, needsNoFilter } from './cors-filter.js';
import { type HttpRoute, httpRoutes, type RouteRule } from './http-routes.js';
import { type PathMatch, type Place, placesOf } from './places.js';

/** Gateway API 1.5 and later: HTTPRoutes, with the CORS filter where the policy of a place is one, and can be said. */
export function gatewayApiFiles(
  table: EdgeTable,
  addresses: EdgeAddresses,
  losses: Losses,
): EngineFiles {
  losses.add(
    'different',
    'application',
    'gateway-api',
    'a gateway removes no header of the application and passes on what no filter stands for: keep CorsModule behind it',
  );
  const rules = rulesOf(table, losses);
  const items: readonly HttpRoute[] = httpRoutes(table, addresses, rules, losses);
  const list = { apiVersion: 'v1', kind: 'List', items };
  return {
    main: 'httproutes.json',
    files: { 'httproutes.json': `${JSON.stringify(list, null, 2)}\n` },
  };
}

/** A rule for each filter, and one for all places without. */
function rulesOf(table: EdgeTable, losses: Losses): readonly RouteRule[] {
  const filters = new Map<string, CorsFilter | undefined>();
  const places = new Map<string, PathMatch[]>();
  for (const place of placesOf(table)) {
    const key = keyOf(place, table, filters, losses);
    places.set(key, [...(places.get(key) ?? []), place.match]);
  }
  if (policiesIn(table).size > 1)
    for (const [key, matches] of places)
      if (key !== NONE) matches.forEach((match) => checkDisputed(match, losses));
  return [...places].map(([key, matches]) => ({ matches, filter: filters.get(key) }));
}

const NONE = '';

/** The policy whose filter stands at a place. */
function keyOf(
  place: Place,
  table: EdgeTable,
  filters: Map<string, CorsFilter | undefined>,
  losses: Losses,
): string {
  const [key = NONE, ...others] = place.policies;
  if (others.length > 0) {
    checkSeveral(place, table, losses);
    return NONE;
  }
  const policy = policyOf(table, key);
  if (policy === undefined || needsNoFilter(key, policy)) return NONE;
  if (!filters.has(key)) filters.set(key, corsFilter(policy, losses));
  return filters.get(key) === undefined ? NONE : key;
}

/** Unless none of them permits anything. */
function checkSeveral({ match, policies }: Place, table: EdgeTable, losses: Losses): void {
  if ([...policies].every((key) => needsNoFilter(key, policyOf(table, key)))) return;
  losses.add(
    'stricter',
    'several-policies',
    `${match.type} ${match.value}`,
    'several policies hold there, by method or by path, and a gateway has one: it permits nobody, and leaves the answer to the application',
  );
}

function policyOf({ policies }: EdgeTable, key: string): EdgeTable['policies'][number] | undefined {
  return policies.find((policy) => policy.key === key);
}

function policiesIn({ routes, entries }: EdgeTable): ReadonlySet<string> {
  const answers = [...routes, ...entries].flatMap((cell) => [...cell.answers.values()]);
  return new Set(answers.map(({ policy }) => policy).filter((policy) => policy !== BEYOND));
}

/** Below a prefix a gateway also takes paths that may be read in several ways, to which the application lets nobody. */
function checkDisputed({ type, value }: PathMatch, losses: Losses): void {
  if (type === 'PathPrefix')
    losses.add(
      'wider',
      'disputed-paths',
      `PathPrefix ${value}`,
      'a path below it that services may read in several ways (`/%2e%2e/`) is under its filter, and under no policy of the application',
    );
}
