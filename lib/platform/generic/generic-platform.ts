import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { NestRoute } from '../../routes/nest-route.js';
import type { RouteMatch, RoutesAtTarget } from '../../routes/route-lookup.js';
import type { Addressed } from '../../protocol/cross-origin.js';
import { addressedAs } from '../addressed.js';
import type { Exchange } from '../exchange.js';
import type { HttpPlatform, RequestHook } from '../http-platform.js';
import type { RouteCallback } from '../route-recorder.js';

type Next = (() => void) | undefined;

/**
 * Any other HTTP adapter whose request and response are Node's, or hold them as `raw`. Its router is not known, so a
 * preflight is answered by the routes at the very path whose `OPTIONS` route the adapter chose.
 */
export class GenericPlatform implements HttpPlatform {
  private readonly byPath = new Map<string, NestRoute[]>();
  /** The path whose `OPTIONS` route a request reached. */
  private readonly reached = new WeakMap<IncomingMessage, string>();

  constructor(private readonly adapter: AbstractHttpAdapter) {}

  caseSensitive(): boolean {
    return true;
  }

  installHook(): void {
    throw new Error(
      `the ${this.adapter.getType()} adapter has no hook that CORS can use; write strategy: 'interceptor' beside the options of CorsModule`,
    );
  }

  addOptionsRoute(path: string, hook: RequestHook): void {
    const callback = (request: unknown, response: unknown, next: Next): void => {
      void this.answer(path, hook, this.exchangeOf(request, response)).then(
        (goesOn) => goesOn && next?.(),
      );
    };
    this.adapter.options(path, callback as never);
  }

  expectPreflights(): void {}

  isConstrained(): boolean {
    return false;
  }

  serve(_route: NestRoute, _callback: RouteCallback, register: () => void): boolean {
    register();
    return true;
  }

  passOn<Result>(register: () => Result): Result {
    return register();
  }

  standIn(route: NestRoute, callback: RouteCallback): RouteCallback {
    this.byPath.set(route.path, [...(this.byPath.get(route.path) ?? []), route]);
    return (request, ...rest) => {
      this.reached.set(this.exchangeOf(request, rest[0]).request, route.path);
      return callback(request, ...rest);
    };
  }

  routesAt({ request }: Exchange): RoutesAtTarget {
    const routes = this.byPath.get(this.reached.get(request) ?? '') ?? [];
    const match = (method: string): RouteMatch =>
      routes.find(
        (route) => [method, 'ALL'].includes(route.method) || isHeadOfGet(method, route),
      ) ?? 'none';
    return { match };
  }

  /** Only the adapter knows. */
  matched(): undefined {}

  foreignLayers(): readonly string[] {
    return [];
  }

  viewOf(): undefined {}

  /** Servers made by hand are met with their first request. */
  reachedFrom(): readonly string[] {
    return [];
  }

  isMounted(): boolean {
    return false;
  }

  addressed({ request }: Exchange): Addressed {
    return addressedAs(request, request.headers.host);
  }

  exchangeOf(request: unknown, response: unknown): Exchange {
    const raw = rawOf<IncomingMessage>(request);
    return {
      request: raw,
      response: rawOf<ServerResponse>(response),
      url: raw.url ?? '/',
      native: request,
    };
  }

  private async answer(path: string, hook: RequestHook, exchange: Exchange): Promise<boolean> {
    this.reached.set(exchange.request, path);
    return hook(exchange.request, exchange.response, exchange.native);
  }
}

function isHeadOfGet(method: string, route: NestRoute): boolean {
  return method === 'HEAD' && route.method === 'GET';
}

function rawOf<Message>(value: unknown): Message {
  return ((value as { raw?: Message }).raw ?? value) as Message;
}
