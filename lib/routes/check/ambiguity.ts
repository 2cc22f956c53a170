import type { IssueCollector } from '../../config/issues/issue-collector.js';
import { placeOf, sameId, type NestRoute } from '../nest-route.js';
import type { RoutesAtTarget } from '../route-lookup.js';

/**
 * Reports routes at one path and method that only a header tells apart and whose policies differ: a preflight carries no
 * such header, so it cannot be answered for the right one.
 */
export function checkAmbiguity(routes: readonly NestRoute[], issues: IssueCollector): void {
  if (!routes.some(({ headerBound }) => headerBound)) return;
  const byPath = new Map<string, NestRoute[]>();
  for (const route of routes) {
    const shape = `${hostOf(route)} ${route.path.replace(/:\w+/g, ':')}`;
    byPath.set(shape, [...(byPath.get(shape) ?? []), route]);
  }
  for (const group of byPath.values()) checkGroup(group, issues);
}

function checkGroup(group: readonly NestRoute[], issues: IssueCollector): void {
  const reported = new Set<string>();
  for (const [index, route] of group.entries()) {
    for (const other of group.slice(index + 1)) {
      const bound = route.headerBound || other.headerBound;
      if (!bound || sameId(route.declared, other.declared) || !sharesMethod(route, other)) continue;
      const where = `${placeOf(route)} and ${placeOf(other)}`;
      if (reported.has(where)) continue;
      reported.add(where);
      issues.add(
        'indistinguishable-routes',
        where,
        `both serve ${route.method} ${route.path} and only a request header tells them apart, which a preflight does not carry; give them the same policy, or version by URI`,
      );
    }
  }
}

function hostOf({ host }: NestRoute): string {
  return host === undefined ? '' : String(host);
}

function sharesMethod(route: NestRoute, other: NestRoute): boolean {
  return route.method === other.method || route.method === 'ALL' || other.method === 'ALL';
}

/**
 * The same where patterns or hosts overlap: asks the router about a target of each route. What it cannot decide now, it
 * could not decide for a preflight.
 */
export function checkDecidable(
  routes: readonly NestRoute[],
  routesAt: (url: string) => RoutesAtTarget,
  issues: IssueCollector,
): void {
  if (!routes.some(({ headerBound }) => headerBound)) return;
  for (const route of routes) {
    const target = targetOf(route);
    const method = route.method === 'ALL' ? 'GET' : route.method;
    if (target === undefined || routesAt(target).match(method) !== 'undecidable') continue;
    issues.add(
      'indistinguishable-routes',
      placeOf(route),
      `another handler, under another policy, serves ${method} ${route.path} too, and only a request header tells them apart, which a preflight does not carry; give them the same policy, or version by URI`,
    );
  }
}

/** A URL that the route serves; `undefined` where its pattern or host is beyond telling. */
function targetOf({ path, host }: NestRoute): string | undefined {
  const sample = path.replace(/:\w+/g, 'x').replace(/\*\w*/g, 'x');
  if (!/^[\w/.~-]*$/.test(sample)) return undefined;
  if (host === undefined) return sample;
  return typeof host === 'string' && /^[\w.-]+$/.test(host) ? `http://${host}${sample}` : undefined;
}
