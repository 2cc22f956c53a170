import type { ServerResponse } from 'node:http';
import type { NestRoute } from '../../routes/nest-route.js';
import type { HeadAuthority } from '../head.js';
import { headOf } from '../response-head.js';
import type { RouteCallback } from '../route-recorder.js';
import type { RequestFilter } from './nest-filters.js';

type Next = (error?: unknown) => void;

/** While the handler runs the response knows its route; a handler that calls `next()` did not answer after all. */
export function whileRunning(
  route: NestRoute,
  handle: RouteCallback,
  takes: RequestFilter | undefined,
  heads: HeadAuthority,
): RouteCallback {
  return (request: unknown, response: unknown, next: unknown): unknown => {
    const head = headOf(response as ServerResponse, heads);
    if (head === undefined || takes?.(request as Parameters<RequestFilter>[0]) === false)
      return handle(request, response, next);
    head.route = route;
    const passOn = (error?: unknown): void => {
      head.route = undefined;
      (next as Next)(error);
    };
    const mayRun = heads.mayRun(head);
    if (mayRun === true) return handle(request, response, passOn);
    return mayRun && mayRun.then((may) => may && handle(request, response, passOn));
  };
}
