import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { IssueCollector } from '../../config/issues/issue-collector.js';
import { SAFELISTED_METHODS } from '../../protocol/methods.js';
import { show } from '../../protocol/show-value.js';
import { placeOf, sameId, type NestRoute } from '../nest-route.js';
import type { RoutesAtTarget } from '../route-lookup.js';

/** Warns of methods that a policy names and none of its routes serves. */
export function checkServedMethods(
  routes: readonly NestRoute[],
  beyondRoutes: ReadonlySet<string>,
  issues: IssueCollector,
): void {
  const served = new Map<CompiledPolicy, Set<string>>();
  for (const { declared: policy, method } of routes) {
    if (policy?.methods === undefined || beyondRoutes.has(policy.id)) continue;
    served.set(policy, (served.get(policy) ?? new Set()).add(method));
  }
  for (const [policy, methods] of served) {
    if (methods.has('ALL')) continue;
    for (const method of policy.methods ?? []) {
      if (methods.has(method) || SAFELISTED_METHODS.has(method) || method === 'OPTIONS') continue;
      issues.add(
        'unserved-method',
        policy.label,
        `\`methods\` has ${method}, and no route under this policy serves it; remove it, or omit \`methods\` to follow the routes`,
        method,
      );
    }
  }
}

/** Warns of routes that another one, with another policy, takes the requests of. */
export function checkShadowing(
  routes: readonly NestRoute[],
  routesAt: (path: string) => RoutesAtTarget,
  issues: IssueCollector,
): void {
  for (const route of suspects(routes)) {
    const winner = routesAt(route.path).match(route.method);
    if (typeof winner === 'string' || sameId(winner.declared, route.declared)) continue;
    issues.add(
      'shadowed-route',
      placeOf(route),
      `${placeOf(winner)} (${winner.path}) is registered before it and answers ${route.method} ${route.path}, under policy ${show(winner.declared?.label ?? 'none')}; put the more specific route first`,
    );
  }
}

/**
 * The routes with a static path that are worth asking the router about: those that share it, or their number of segments
 * and the first of them with a pattern, with routes under another policy. Asking about each would take longer than
 * registering them.
 */
function* suspects(routes: readonly NestRoute[]): Generator<NestRoute> {
  if (policiesOf(routes).size < 2) return;
  const patterns = new Map<string, NestRoute[]>();
  const byPath = new Map<string, NestRoute[]>();
  for (const route of routes) {
    const folded = foldedPath(route.path);
    if (isStatic(folded)) addTo(byPath, folded, route);
    else addTo(patterns, isPlain(folded) ? shapeOf(folded) : ANY, route);
  }
  const policiesAt = new Map([...patterns].map(([shape, alike]) => [shape, policiesOf(alike)]));
  for (const [folded, alike] of byPath) {
    const policies = policiesOf(alike);
    for (const shape of overlapping(folded)) {
      for (const policy of policiesAt.get(shape) ?? []) policies.add(policy);
    }
    if (policies.size > 1) yield* alike.filter(isTellable);
  }
}

function addTo(groups: Map<string, NestRoute[]>, key: string, route: NestRoute): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [route]);
  else group.push(route);
}

function policiesOf(routes: readonly NestRoute[]): Set<string | undefined> {
  const ids = new Set<string | undefined>();
  for (const { declared } of routes) ids.add(declared?.id);
  return ids;
}

function isTellable({ headerBound, host, method }: NestRoute): boolean {
  return !headerBound && host === undefined && method !== 'ALL';
}

/** The shapes of the patterns that may match a static path. */
function overlapping(folded: string): readonly string[] {
  const shape = shapeOf(folded);
  return [ANY, shape, `${shape.slice(0, shape.indexOf(' '))} :`];
}

/** As a platform without regard to case and trailing slashes compares paths. */
function foldedPath(path: string): string {
  const folded = path.toLowerCase();
  return folded.endsWith('/') ? folded.slice(0, -1) : folded;
}

/** A pattern that may match any path, as far as we can tell. */
const ANY = '*';

/** Number of segments, and the first of them, `:` for any. */
function shapeOf(folded: string): string {
  let segments = 0;
  for (let at = folded.indexOf('/'); at !== -1; at = folded.indexOf('/', at + 1)) segments += 1;
  const first = folded.slice(1, segments > 1 ? folded.indexOf('/', 1) : undefined);
  return `${segments} ${first.startsWith(':') ? ':' : first}`;
}

/** Every parameter is a whole segment. */
function isPlain(folded: string): boolean {
  return /^(?:\/:?[\w.~-]*)*$/.test(folded);
}

function isStatic(path: string): boolean {
  return /^[\w/.~-]*$/.test(path);
}
