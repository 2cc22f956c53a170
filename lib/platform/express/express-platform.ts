import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { NestRoute } from '../../routes/nest-route.js';
import type { RoutesAtTarget } from '../../routes/route-lookup.js';
import type { Addressed } from '../../protocol/cross-origin.js';
import { addressedAs } from '../addressed.js';
import type { Exchange } from '../exchange.js';
import { goOnIf, type HttpPlatform, type RequestHook } from '../http-platform.js';
import type { HeadAuthority } from '../head.js';
import { headOf } from '../response-head.js';
import type { RouteCallback } from '../route-recorder.js';
import {
  markServed,
  routerOf,
  type ExpressApplication,
  type ExpressLayer,
  type ExpressRoute,
  type ExpressRouter,
} from './express-layers.js';
import { behindMount, isMountedAt, markWhenMounted } from './mounted-applications.js';
import { ParentApplications } from './parent-applications.js';
import { NestFilters } from './nest-filters.js';
import { whileRunning } from './while-running.js';
import { coverAllWithCors } from './cors-layers.js';
import { destinations, ExpressRouteTable } from './express-routes.js';

type Next = (error?: unknown) => void;
type TrustsProxy = (address: unknown, hop: number) => boolean;
type ExpressRequest = IncomingMessage & { hostname: string };

/** Express 4 and 5. */
export class ExpressPlatform implements HttpPlatform {
  private readonly application: ExpressApplication;
  /** Routes that pass a request on. */
  private readonly transparent = new WeakSet<ExpressRoute>();
  private readonly parents: ParentApplications;
  private readonly filters: NestFilters;
  private knownRouter: ExpressRouter | undefined;
  private known: { readonly table: ExpressRouteTable; readonly size: number } | undefined;

  constructor(
    private readonly adapter: AbstractHttpAdapter,
    private readonly heads: HeadAuthority,
  ) {
    this.application = adapter.getInstance<ExpressApplication>();
    this.parents = new ParentApplications(this.application);
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
      goOnIf(hook(request as IncomingMessage, response as ServerResponse), () =>
        handle(
          request,
          response,
          callback && this.passingBack(response as ServerResponse, callback),
        ),
      );
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
    this.passOn(() => this.adapter.options(path, callback as never));
  }

  expectPreflights(): void {}

  isConstrained(): boolean {
    return false;
  }

  /** The response learns its route on the router, whoever wrapped the callback on its way there. */
  standIn(_route: NestRoute, callback: RouteCallback): RouteCallback {
    return callback;
  }

  serve(route: NestRoute, callback: RouteCallback, register: () => void): boolean {
    const { routes } = this.appended(register);
    const filter = this.filters.of(callback, route);
    for (const added of routes) {
      markServed(added, route);
      for (const layer of added.stack)
        layer.handle = whileRunning(route, layer.handle, filter, this.heads);
    }
    return routes.length > 0;
  }

  passOn<Result>(register: () => Result): Result {
    const { routes, result } = this.appended(register);
    for (const added of routes) this.transparent.add(added);
    return result;
  }

  routesAt(exchange: Exchange): RoutesAtTarget {
    const { url } = exchange;
    const routes = this.table().at(url, () => this.hostname(exchange));
    return isMountedAt(this.router, url) ? behindMount(routes) : routes;
  }

  /** The hook comes before the router. */
  matched(): undefined {}

  viewOf(): undefined {}

  /** As `request.host` and `request.protocol` are read: the first entry, of a proxy that is trusted. */
  addressed({ request }: Exchange): Addressed {
    const { headers, socket } = request;
    const trusts = this.application.get('trust proxy fn') as TrustsProxy;
    if (!trusts(socket.remoteAddress, 0)) return addressedAs(request, headers.host);
    const host = firstOf(headers['x-forwarded-host']) ?? headers.host;
    return addressedAs(request, host, firstOf(headers['x-forwarded-proto']));
  }

  reachedFrom(server: Server): readonly string[] {
    return this.parents.reachedFrom(server);
  }

  isMounted(url: string): boolean {
    return isMountedAt(this.router, url);
  }

  foreignLayers(): readonly string[] {
    return coverAllWithCors(this.layers()) ? ['app.use(cors())'] : [];
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

  /** The routes that a registration puts on the router. */
  private appended<Result>(register: () => Result): {
    readonly result: Result;
    readonly routes: readonly ExpressRoute[];
  } {
    const before = this.layers().length;
    const result = register();
    const added = this.layers().slice(before);
    return { result, routes: added.flatMap(({ route }) => route ?? []) };
  }

  /** Layers may be added at any time; the table follows when there are more. */
  private table(): ExpressRouteTable {
    const layers = this.layers();
    if (this.known?.size !== layers.length) {
      const table = new ExpressRouteTable(destinations(layers, this.transparent));
      this.known = { table, size: layers.length };
    }
    return this.known.table;
  }

  /** `request.hostname` as this application's Express will have it: a parent application may trust other proxies. */
  private hostname({ request: { headers, socket } }: Exchange): string {
    const view = Object.create(this.application.request) as ExpressRequest;
    return Object.assign(view, { headers, socket }).hostname ?? '';
  }
}

/** Every proxy on the way may append to a forwarding header; the first entry is the client's side. */
function firstOf(forwarded: string | string[] | undefined): string | undefined {
  return forwarded === undefined ? undefined : String(forwarded).split(',')[0]?.trim();
}
