import type { IssueCollector } from '../policy/issue-collector.js';
import { placeOf, sameId, type NestRoute } from './nest-route.js';

/**
 * Reports routes at one path and method that only a header tells apart and whose policies differ: a preflight carries no
 * such header, so it cannot be answered for the right one.
 */
export function checkAmbiguity(routes: readonly NestRoute[], issues: IssueCollector): void {
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
      if (!route.headerBound || sameId(route.policy, other.policy) || !sharesMethod(route, other))
        continue;
      const where = `${placeOf(route)} and ${placeOf(other)}`;
      if (reported.has(where)) continue;
      reported.add(where);
      issues.error(
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
