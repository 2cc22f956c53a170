import type { EdgeTable } from '../edge/edge-table.js';
import type { EdgeAddresses } from '../edge/engine.js';
import type { Losses } from '../edge/losses.js';
import type { CorsFilter } from './cors-filter.js';
import type { PathMatch } from './places.js';

/** Paths, and the filter that stands there. */
export interface RouteRule {
  readonly matches: readonly PathMatch[];
  readonly filter: CorsFilter | undefined;
}

/** `HTTPRoute` of `gateway.networking.k8s.io/v1`. */
export interface HttpRoute {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'HTTPRoute';
  readonly metadata: {
    readonly name: string;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly parentRefs: readonly object[]; readonly rules: readonly object[] };
}

/** The schema's: rules of a route, matches of a rule, and of all rules together. */
const MOST_RULES = 16;
const MOST_MATCHES = 64;
const MOST_MATCHES_OF_ALL = 128;

/** As many routes as the rules need; a gateway weighs the matches of all of them against each other. */
export function httpRoutes(
  { service, digest }: EdgeTable,
  { listen, upstream }: EdgeAddresses,
  rules: readonly RouteRule[],
  losses: Losses,
): readonly HttpRoute[] {
  const [, backend = '', port = ''] = /^(.+):(\d+)$/.exec(upstream) ?? [];
  if (!isName(listen) || !isName(backend)) losses.add('refused', 'address', 'gateway-api', ADDRESS);
  const name = nameFor(service);
  return grouped(rules.flatMap(inPieces)).map((group, index) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: index === 0 ? name : `${name}-${index + 1}`,
      annotations: { 'nestjs-cors/manifest': digest },
    },
    spec: {
      parentRefs: [{ name: listen }],
      rules: group.map(({ matches, filter }) => ({
        matches: matches.map((path) => ({ path })),
        ...(filter && { filters: [{ type: 'CORS', cors: filter }] }),
        backendRefs: [{ name: backend, port: Number(port) }],
      })),
    },
  }));
}

const ADDRESS =
  '`listen` is the name of a Gateway, and `upstream` a Service with its port: shop:3000';

function isName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

function nameFor(service: string | null): string {
  const slug = (service ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'application' : slug.slice(0, 50).replace(/-$/, '');
}

function inPieces({ matches, filter }: RouteRule): readonly RouteRule[] {
  const pieces = Math.ceil(matches.length / MOST_MATCHES);
  return Array.from({ length: pieces }, (_, index) => ({
    matches: matches.slice(index * MOST_MATCHES, (index + 1) * MOST_MATCHES),
    filter,
  }));
}

function grouped(rules: readonly RouteRule[]): readonly (readonly RouteRule[])[] {
  const groups: RouteRule[][] = [];
  let matches = Infinity;
  for (const rule of rules) {
    const group = groups.at(-1);
    matches += rule.matches.length;
    if (group === undefined || group.length === MOST_RULES || matches >= MOST_MATCHES_OF_ALL) {
      groups.push([rule]);
      matches = rule.matches.length;
    } else group.push(rule);
  }
  return groups;
}
