import type { CompiledPolicy } from '../policy/compiled-policy.js';
import type { IssueCollector } from '../policy/issue-collector.js';
import { SAFELISTED_METHODS } from '../policy/method-name.js';
import { show } from '../policy/show-value.js';
import { placeOf, sameId, type NestRoute } from './nest-route.js';
import type { RoutesAtTarget } from './route-lookup.js';

/** Warns of methods that a policy names and none of its routes serves. */
export function checkServedMethods(
  routes: readonly NestRoute[],
  beyondRoutes: ReadonlySet<string>,
  issues: IssueCollector,
): void {
  const served = new Map<CompiledPolicy, Set<string>>();
  for (const { policy, method } of routes) {
    if (policy?.methods === undefined || beyondRoutes.has(policy.id)) continue;
    served.set(policy, (served.get(policy) ?? new Set()).add(method));
  }
  for (const [policy, methods] of served) {
    if (methods.has('ALL')) continue;
    for (const method of policy.methods ?? []) {
      if (methods.has(method) || SAFELISTED_METHODS.has(method) || method === 'OPTIONS') continue;
      issues.warn(
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
  for (const route of routes) {
    if (
      route.headerBound ||
      route.host !== undefined ||
      route.method === 'ALL' ||
      !isStatic(route.path)
    )
      continue;
    const winner = routesAt(route.path).match(route.method);
    if (typeof winner === 'string' || sameId(winner.policy, route.policy)) continue;
    issues.warn(
      'shadowed-route',
      placeOf(route),
      `${placeOf(winner)} (${winner.path}) is registered before it and answers ${route.method} ${route.path}, under policy ${show(winner.policy?.label ?? 'none')}; put the more specific route first`,
    );
  }
}

function isStatic(path: string): boolean {
  return /^[\w/.~-]*$/.test(path);
}
