import type { RawRequest } from '../../../support/raw.js';

/** As much of an HTTPRoute as decides about CORS. */
export interface GatewayRoute {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly rules: readonly GatewayRule[] };
}

export interface GatewayRule {
  readonly matches: readonly { readonly path: { readonly type: string; readonly value: string } }[];
  readonly filters?: readonly { readonly type: string; readonly cors: GatewayCors }[];
}

export interface GatewayCors {
  readonly allowOrigins: readonly string[];
  readonly allowCredentials?: boolean;
  readonly allowMethods: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge: number;
}

export function routesIn(text: string): readonly GatewayRoute[] {
  return (JSON.parse(text) as { readonly items: readonly GatewayRoute[] }).items;
}

/** The filter for a request: an exact match before the longest prefix, of all routes together. */
export function filterFor(
  routes: readonly GatewayRoute[],
  { path }: RawRequest,
): GatewayCors | undefined {
  const target = path.replace(/\?.*$/, '');
  const candidates = routes.flatMap(({ spec }) =>
    spec.rules.flatMap(({ matches, filters }) =>
      matches
        .filter(({ path: match }) => fits(match, target))
        .map(({ path: match }) => ({ match, cors: filters?.[0]?.cors })),
    ),
  );
  const weight = ({ match }: (typeof candidates)[number]): number =>
    match.type === 'Exact' ? Infinity : match.value.length;
  const [first] = candidates.sort((left, right) => weight(right) - weight(left));
  return first?.cors;
}

function fits({ type, value }: GatewayRule['matches'][number]['path'], target: string): boolean {
  if (type === 'Exact') return target === value;
  return value === '/' || target === value || target.startsWith(`${value}/`);
}

/** The origin may read, as the filter's documentation says: `*` stands for one label or more at the front of a name. */
export function letsIn({ allowOrigins }: GatewayCors, origin: string): boolean {
  return allowOrigins.some((allowed) => {
    const source = allowed.replace(/[.]/g, '\\.').replace('*\\.', '(?:[a-z0-9_-]+\\.)+');
    return allowed === '*' || new RegExp(`^${source}$`).test(origin);
  });
}

/** RFC 9110, section 5.6.2: browsers ask for nothing else. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** A preflight passes the filter. */
export function passes(cors: GatewayCors, request: RawRequest): boolean {
  const value = (name: string): string =>
    request.headers?.find(([other]) => other.toLowerCase() === name)?.[1] ?? '';
  const asked = value('access-control-request-headers').toLowerCase().split(',');
  const names = asked.map((name) => name.trim()).filter(Boolean);
  const known = cors.allowHeaders?.map((name) => name.toLowerCase()) ?? [];
  return (
    letsIn(cors, value('origin')) &&
    cors.allowMethods.includes(value('access-control-request-method')) &&
    names.every((name) => known.includes(name) || (known.includes('*') && TOKEN.test(name)))
  );
}

/** Checks of the API server beyond the schema: rules written as CEL, and lists that are sets. */
export function brokenRules(routes: readonly GatewayRoute[]): readonly string[] {
  const names = new Set(routes.map(({ metadata }) => metadata.name));
  return [
    ...(names.size < routes.length ? ['two routes of one name'] : []),
    ...routes.flatMap(({ spec }) => [
      ...(countOf(spec.rules) >= 128 ? ['128 matches'] : []),
      ...spec.rules.flatMap(({ matches, filters = [] }) => [
        ...matches.flatMap(({ path }) => brokenPath(path.value)),
        ...(filters.length > 1 ? ['a filter that is repeated'] : []),
        ...filters.flatMap(({ type, cors }) =>
          type === 'CORS' ? brokenFilter(cors) : [`the filter ${type}`],
        ),
      ]),
    ]),
  ];
}

function countOf(rules: readonly GatewayRule[]): number {
  return rules.reduce((count, { matches }) => count + matches.length, 0);
}

function brokenPath(value: string): readonly string[] {
  const isValid =
    /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/.test(value) &&
    !/\/\/|\/\.\.?(?:\/|$)|%2f/i.test(value);
  return isValid ? [] : [`the path ${value}`];
}

function brokenFilter(cors: GatewayCors): readonly string[] {
  const lists = { ...cors, maxAge: undefined, allowCredentials: undefined };
  return Object.entries(lists).flatMap(([name, list = []]) => [
    ...(list.includes('*') && list.length > 1 ? [`${name}: * beside others`] : []),
    ...(new Set(list).size < list.length ? [`${name}: no set`] : []),
  ]);
}
