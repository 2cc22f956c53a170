import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { NestRoute } from '../../routes/nest-route.js';
import type { RouteMatch, RoutesAtTarget } from '../../routes/route-lookup.js';
import type { Addressed } from '../../protocol/cross-origin.js';
import { addressedAs } from '../addressed.js';
import type { Exchange } from '../exchange.js';
import type { HeadAuthority } from '../head.js';
import { goOnIf, type HttpPlatform, type RequestHook } from '../http-platform.js';
import { AdapterRefusals } from './nest-route-checks.js';
import { observeMiddleware } from './cors-layers.js';
import {
  hooksOf,
  requestClassOf,
  routeConfigOf,
  trustsSender,
  type FastifyInstanceView,
  type FastifyReplyView,
  type FastifyRequestView,
  type FastifyRouteOptions,
  type OnRequest,
} from './fastify-instance.js';
import type { RouteCallback } from '../route-recorder.js';
import { FastifyRouteTable } from './fastify-routes.js';
import { findMyWayOf } from './find-my-way.js';
import { mayBeAnother, whileRunning } from './while-running.js';

const ROUTE = Symbol('nestjs-cors.route');
const CONSTRAINTS = '__fastify_route_constraints__';

/** A registration on the adapter while it runs. */
interface Registration {
  readonly route?: NestRoute;
  readonly own?: true;
  /** How many routes Fastify has told of. */
  told: number;
}

/** Fastify 4 and 5, HTTP/1 and HTTP/2. */
export class FastifyPlatform implements HttpPlatform {
  private readonly instance: FastifyInstanceView;
  private readonly table: FastifyRouteTable;
  private readonly refusals: AdapterRefusals;
  private readonly config: Record<string, unknown>;
  private readonly hasCorsMiddleware: () => boolean;
  private current: Registration = { told: 0 };

  constructor(
    private readonly adapter: AbstractHttpAdapter,
    private readonly heads: HeadAuthority,
  ) {
    this.instance = adapter.getInstance<FastifyInstanceView>();
    this.config = { ...this.instance.initialConfig, ...this.instance.initialConfig.routerOptions };
    this.refusals = new AdapterRefusals(adapter);
    this.hasCorsMiddleware = observeMiddleware(adapter);
    this.table = new FastifyRouteTable(findMyWayOf(this.instance), this.config, this.refusals);
    this.instance.addHook('onRoute', (route) => this.onRoute(route));
  }

  caseSensitive(): boolean {
    return this.config['caseSensitive'] !== false;
  }

  installHook(hook: RequestHook): void {
    const first: OnRequest = (request, reply, done) => {
      goOnIf(hook(request.raw, reply.raw, request), done);
    };
    const hooks = hooksOf(this.instance)?.['onRequest'];
    if (hooks === undefined) {
      throw new Error(
        'this version of Fastify keeps its hooks where they are not known, so CORS cannot come before middleware',
      );
    }
    hooks.unshift(first);
  }

  expectPreflights(): void {
    this.refusals.exemptPreflights();
  }

  addOptionsRoute(path: string, hook: RequestHook): void {
    const answer = async (request: FastifyRequestView, reply: FastifyReplyView): Promise<void> => {
      if (await hook(request.raw, reply.raw, request)) reply.callNotFound();
    };
    const callback = (request: FastifyRequestView, reply: FastifyReplyView): void =>
      void answer(request, reply);
    try {
      this.during({ own: true }, () => this.adapter.options(path, callback as never));
    } catch (error) {
      // Another pattern of the same shape has its OPTIONS route already, and that one answers for this path too.
      if (!String((error as { code?: unknown }).code).includes('DUPLICATED_ROUTE')) throw error;
    }
  }

  /** `@RouteConstraints()` of Nest's Fastify adapter; of them a preflight carries the host only. */
  isConstrained(callback: object): boolean {
    const constraints: unknown = Reflect.getOwnMetadata(CONSTRAINTS, callback);
    if (typeof constraints !== 'object' || constraints === null) return false;
    return Object.keys(constraints).some((name) => name !== 'host');
  }

  standIn(route: NestRoute, callback: RouteCallback): RouteCallback {
    return mayBeAnother(route.declared) ? whileRunning(route, callback, this.heads) : callback;
  }

  serve(route: NestRoute, _callback: RouteCallback, register: () => void): boolean {
    this.refusals.forget();
    return this.during({ route }, register).told > 0;
  }

  passOn<Result>(register: () => Result): Result {
    return register();
  }

  routesAt(exchange: Exchange): RoutesAtTarget {
    return this.table.at(exchange);
  }

  /** Fastify has routed the request before the first hook; `callNotFound()` changes the answer. */
  matched({ native }: Exchange): RouteMatch {
    const config = routeConfigOf(native as FastifyRequestView);
    if (config?.url === undefined) return 'none';
    return (config[ROUTE] as NestRoute | undefined) ?? 'other';
  }

  addressed({ request, native }: Exchange): Addressed {
    const view = native as FastifyRequestView;
    const forwarded = request.headers['x-forwarded-proto'];
    const trusted = forwarded !== undefined && trustsSender(view);
    return addressedAs(
      request,
      view.host ?? view.hostname,
      trusted ? String(forwarded).split(',').at(-1) : undefined,
    );
  }

  /** Made by the instance's own class, which knows about trusted proxies. */
  viewOf(raw: IncomingMessage): FastifyRequestView {
    const Request = requestClassOf(this.instance);
    const host = raw.headers.host ?? '';
    if (Request === undefined) return { raw, host, hostname: host, routeOptions: {} };
    return new Request('', {}, raw, {}, undefined, undefined);
  }

  /** Nest mounts a Fastify application in nothing. */
  isMounted(): boolean {
    return false;
  }

  /** `http.createServer(fastify.routing)`. */
  reachedFrom(server: Server): readonly string[] {
    const { routing } = this.instance;
    return routing !== undefined && server.listeners('request').includes(routing) ? [''] : [];
  }

  /** A plugin's own instance has decorators that the root does not have. */
  foreignLayers(): readonly string[] {
    const layers = [];
    if (this.instance.hasRequestDecorator('corsPreflightEnabled')) layers.push('@fastify/cors');
    if (this.hasCorsMiddleware()) layers.push('app.use(cors())');
    return layers;
  }

  exchangeOf(request: unknown, response: unknown): Exchange {
    const { raw } = request as FastifyRequestView;
    return {
      request: raw as IncomingMessage,
      response: (response as FastifyReplyView).raw as ServerResponse,
      url: raw.url ?? '/',
      native: request,
    };
  }

  /** `onRoute` hooks run inside the registration. */
  private during(registration: Omit<Registration, 'told'>, register: () => void): Registration {
    const current = (this.current = { ...registration, told: 0 });
    try {
      register();
    } finally {
      this.current = { told: 0 };
    }
    return current;
  }

  private onRoute(options: FastifyRouteOptions): void {
    const { route, own } = this.current;
    this.current.told += 1;
    if (own) return;
    if (route !== undefined) options.config = { ...options.config, [ROUTE]: route };
    this.table.add(options, { route, accepts: route && this.refusals.matcher });
  }
}
