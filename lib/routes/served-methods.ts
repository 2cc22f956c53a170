import type { NestRoute } from './nest-route.js';

/** Methods that every browser knows, in the order in which they are listed. `@All()` is listed with all of them. */
export const COMMON_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The methods that the routes serve; `GET` serves `HEAD` too. */
export function servedMethods(routes: readonly NestRoute[]): ReadonlySet<string> {
  const methods = new Set<string>();
  for (const { method } of routes) {
    if (method === 'ALL') COMMON_METHODS.forEach((name) => methods.add(name));
    else methods.add(method);
  }
  if (methods.has('GET')) methods.add('HEAD');
  return methods;
}
