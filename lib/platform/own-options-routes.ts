import type { NestRoute } from '../routes/nest-route.js';
import type { HttpPlatform, RequestHook } from './http-platform.js';
import type { RouteCallback, StandIn } from './route-recorder.js';

/** A route of the application's that would be given preflights. */
export function answersOptions({ method }: NestRoute): boolean {
  return method === 'OPTIONS' || method === 'ALL';
}

/**
 * Strategy `'interceptor'`: an `OPTIONS` route at each path that has a policy and no handler for `OPTIONS`. A path without
 * any policy gets none: it would hide what the application has for it, such as an `@All('*rest')`.
 */
export function addOptionsRoutes(
  platform: HttpPlatform,
  routes: readonly NestRoute[],
  answer: RequestHook,
): void {
  const answered = new Set(routes.filter(answersOptions).map(({ path }) => path));
  const decided = routes.filter(({ policyIndex }) => policyIndex !== undefined);
  for (const path of new Set(decided.map((route) => route.path))) {
    if (!answered.has(path)) platform.addOptionsRoute(path, answer);
  }
}

/**
 * Strategy `'interceptor'`: the application's own `OPTIONS` and `@All()` handlers see plain `OPTIONS` requests and never a
 * preflight, which is answered before them.
 */
export function beforePreflights(platform: HttpPlatform, answer: RequestHook): StandIn {
  platform.expectPreflights();
  return (route, callback) =>
    platform.standIn(route, answersOptions(route) ? before(platform, answer, callback) : callback);
}

function before(
  platform: HttpPlatform,
  answer: RequestHook,
  callback: RouteCallback,
): RouteCallback {
  return (request, response, ...rest) => {
    const exchange = platform.exchangeOf(request, response);
    const goesOn = answer(exchange.request, exchange.response, exchange.native);
    if (goesOn === true) return callback(request, response, ...rest);
    return goesOn === false
      ? undefined
      : goesOn.then((on) => on && callback(request, response, ...rest));
  };
}
