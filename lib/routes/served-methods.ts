import { COMMON_METHODS } from '../protocol/methods.js';
import type { NestRoute } from './nest-route.js';

/** The methods that the routes serve; `GET` serves `HEAD` too, and `@All()` stands for the common ones. */
export function servedMethods(routes: readonly NestRoute[]): ReadonlySet<string> {
  const methods = new Set<string>();
  for (const { method } of routes) {
    if (method === 'ALL') COMMON_METHODS.forEach((name) => methods.add(name));
    else methods.add(method);
  }
  if (methods.has('GET')) methods.add('HEAD');
  return methods;
}
