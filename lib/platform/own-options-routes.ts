import type { NestRoute } from '../routes/nest-route.js';
import type { HttpPlatform, RequestHook } from './http-platform.js';
import type { RouteCallback, StandIn } from './route-recorder.js';

/** Whether a route of the application's would be given preflights. */
export function answersOptions({ method }: NestRoute): boolean {
  return method === 'OPTIONS' || method === 'ALL';
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
