import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { NestRoute } from '../../routes/nest-route.js';
import { PartitionedRoutes } from '../index/partitioned-routes.js';
import type { RoutesAtTarget } from '../../routes/route-lookup.js';
import type { Exchange } from '../exchange.js';
import { goOnIf } from '../go-on.js';
import type { HttpPlatform, RequestHook } from '../http-platform.js';
import type { HeadAuthority } from '../head.js';
import { headOf } from '../response-head.js';
import type { RouteCallback } from '../route-recorder.js';
import {
  markServed,
  routerOf,
  type ExpressApplication,
  type ExpressLayer,
  type ExpressRouter,
} from './express-layers.js';
import { behindMount, isMountedAt, markWhenMounted } from './mounted-applications.js';
import { NestFilters, type RequestFilter } from './nest-filters.js';
import { addExpressProperties } from './express-properties.js';
import { destinations, ExpressRouteTable, type PatternedLayer } from './express-routes.js';

type Next = (error?: unknown) => void;
type ExpressRequest = IncomingMessage & { hostname: string };
type PartitionedLayers = PartitionedRoutes<PatternedLayer, ExpressRouteTable>;

/** Express 4 and 5. */
export class ExpressPlatform implements HttpPlatform {
  private readonly application: ExpressApplication;
  /** Callbacks that pass a request on. */
  private readonly transparent = new WeakSet<object>();
  private readonly filters: NestFilters;
  private knownRouter: ExpressRouter | undefined;
  private table: { readonly parts: PartitionedLayers; readonly size: number } | undefined;

  constructor(
    private readonly adapter: AbstractHttpAdapter,
    private readonly heads: HeadAuthority,
  ) {
    this.application = adapter.getInstance<ExpressApplication>();
    this.filters = new NestFilters(adapter);
  }

  caseSensitive(): boolean {
    return this.router?.caseSensitive ?? this.application.enabled('case sensitive routing');
  }

  /** `handle` is what the server and a parent application call: nothing registered on the application comes before it. */
  installHook(hook: RequestHook): void {
    const { application } = this;
    const handle = application.handle.bind(application);
    application.handle = (request, response, callback): void =>
      goOnIf(hook(request as IncomingMessage, response as ServerResponse), () => {
        addExpressProperties(request as IncomingMessage, response as ServerResponse);
        handle(
          request,
          response,
          callback && this.passingBack(response as ServerResponse, callback),
        );
      });
    markWhenMounted(application);
  }

  /** The way back to the application that this one is mounted in. */
  private passingBack(response: ServerResponse, callback: Next): Next {
    return (error) => {
      const head = headOf(response, this.heads);
      if (head !== undefined) head.passedBack = true;
      callback(error);
    };
  }

  addOptionsRoute(path: string, hook: RequestHook): void {
    const callback = (request: unknown, response: unknown, next: Next): void => {
      const goesOn = hook(request as IncomingMessage, response as ServerResponse);
      void Promise.resolve(goesOn).then((on) => on && next());
    };
    this.transparent.add(callback);
    this.adapter.options(path, callback as never);
  }

  /** Nest has read what it needs from the callback; on the router a stand-in takes its place. */
  registered(route: NestRoute, callback: RouteCallback): boolean {
    const added = this.layers().at(-1)?.route;
    if (added?.stack[0]?.handle !== callback) return false;
    const filter = this.filters.of(callback, route);
    const standIn = whileRunning(route, callback, filter, this.heads);
    for (const layer of added.stack) layer.handle = standIn;
    markServed(added, route);
    return true;
  }

  middleware(callback: RouteCallback): void {
    this.transparent.add(callback);
  }

  notFound(callback: RouteCallback): void {
    this.transparent.add(callback);
  }

  routesAt(exchange: Exchange): RoutesAtTarget {
    const { url } = exchange;
    const routes = this.parts()
      .at(url)
      .at(url, () => this.hostname(exchange));
    return isMountedAt(this.router, url) ? behindMount(routes) : routes;
  }

  authority(exchange: Exchange): string | undefined {
    const { request } = exchange;
    const trusts = this.application.get('trust proxy fn') as (
      address: unknown,
      hop: number,
    ) => boolean;
    const forwarded = request.headers['x-forwarded-host'];
    if (forwarded !== undefined && trusts(request.socket.remoteAddress, 0)) {
      return String(forwarded).split(',')[0]?.trim();
    }
    return request.headers.host;
  }

  /** The `cors` package names its middleware so. */
  foreignLayers(): readonly string[] {
    const layers = this.layers().filter(({ name }) => name === 'corsMiddleware');
    return layers.map(() => 'the cors() middleware');
  }

  exchangeOf(request: unknown, response: unknown): Exchange {
    const { originalUrl, url } = request as IncomingMessage & { originalUrl?: string };
    return {
      request: request as IncomingMessage,
      response: response as ServerResponse,
      url: originalUrl ?? url ?? '/',
    };
  }

  /** Made with the first route, and there to stay. */
  private get router(): ExpressRouter | undefined {
    return (this.knownRouter ??= routerOf(this.application));
  }

  /** The layers of the application's router, in the order in which it tries them. */
  private layers(): readonly ExpressLayer[] {
    return this.router?.stack ?? [];
  }

  /** Layers may be added at any time; the table follows when there are more. */
  private parts(): PartitionedLayers {
    const layers = this.layers();
    if (this.table?.size !== layers.length) {
      const parts = PartitionedRoutes.of(destinations(layers, this.transparent), tableOf);
      this.table = { parts, size: layers.length };
    }
    return this.table.parts;
  }

  /** `request.hostname` as this application's Express will have it: a parent application may trust other proxies. */
  private hostname({ request: { headers, socket } }: Exchange): string {
    const view = Object.create(this.application.request) as ExpressRequest;
    return Object.assign(view, { headers, socket }).hostname ?? '';
  }
}

function tableOf(layers: readonly PatternedLayer[]): ExpressRouteTable {
  return new ExpressRouteTable(layers);
}

/** While the handler runs the response knows its route; a handler that calls `next()` did not answer after all. */
function whileRunning(
  route: NestRoute,
  callback: RouteCallback,
  takes: RequestFilter | undefined,
  heads: HeadAuthority,
): RouteCallback {
  return (request: unknown, response: unknown, next: unknown): unknown => {
    const head = headOf(response as ServerResponse, heads);
    if (head === undefined || takes?.(request as ExpressRequest) === false)
      return callback(request, response, next);
    head.route = route;
    const passOn = (error?: unknown): void => {
      head.route = undefined;
      (next as Next)(error);
    };
    const mayRun = heads.mayRun(head);
    if (mayRun === true) return callback(request, response, passOn);
    return mayRun && mayRun.then((may) => may && callback(request, response, passOn));
  };
}
