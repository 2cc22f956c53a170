import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FindMyWay } from './find-my-way.js';

/** The part of a Fastify request that is used. */
export interface FastifyRequestView {
  readonly raw: IncomingMessage;
  readonly host?: string;
  readonly hostname: string;
  readonly protocol?: string | undefined;
  readonly routeOptions: { readonly config?: RouteConfig };
}

/** The configuration of the route that Fastify chose; without `url` where it chose none. */
export type RouteConfig = { readonly url?: string } & Readonly<Record<symbol, unknown>>;

/** The part of a Fastify reply that is used. */
export interface FastifyReplyView {
  readonly raw: ServerResponse;
  callNotFound(): void;
  hijack(): void;
}

export type OnRequest = (
  request: FastifyRequestView,
  reply: FastifyReplyView,
  done: () => void,
) => void;

/** A route as `onRoute` describes it. */
export interface FastifyRouteOptions {
  readonly method: string | readonly string[];
  readonly url: string;
  readonly constraints?: Record<string, unknown>;
  config?: object;
}

/** The part of a Fastify instance that is used. */
export interface FastifyInstanceView {
  /** The listener that it gives to its server. */
  readonly routing?: (request: IncomingMessage, response: ServerResponse) => void;
  readonly initialConfig: Record<string, unknown> & {
    readonly routerOptions?: Record<string, unknown>;
  };
  hasRequestDecorator(name: string): boolean;
  addHook(name: 'onRoute', hook: (route: FastifyRouteOptions) => void): void;
}

/**
 * The instance's hooks by name. Fastify appends hooks, and Nest has registered its middleware engine before any provider
 * exists, so being first means standing at the head of this list.
 */
export function hooksOf(instance: object): Record<string, unknown[] | undefined> | undefined {
  return kept(instance, 'fastify.hooks');
}

/** Middleware of the middleware engine, each with its path. */
export function middlewareOf(instance: object): readonly unknown[][] | undefined {
  return kept(instance, 'fastify-middie-middlewares');
}

/** The router that the instance leads to its 404s by: made by the same find-my-way as the one of its routes. */
export function notFoundRouterOf(instance: object): Partial<FindMyWay> | undefined {
  return kept<{ readonly router?: Partial<FindMyWay> }>(instance, 'fastify.404')?.router;
}

type RequestClass = new (
  id: string,
  params: object,
  raw: IncomingMessage,
  query: object,
  log: undefined,
  context: undefined,
) => FastifyRequestView;

/** The class of the instance's requests, made for its `trustProxy`. */
export function requestClassOf(instance: object): RequestClass | undefined {
  return kept(instance, 'fastify.Request');
}

/**
 * The instance trusts the proxy that a request came from. Only its request class knows, so it is asked about the same
 * sender with a header that no proxy sends.
 */
export function trustsSender(request: FastifyRequestView): boolean {
  const { socket } = request.raw;
  const raw = { socket, headers: { 'x-forwarded-proto': 'asked' } };
  const asked = Object.create(request, { raw: { value: raw } }) as FastifyRequestView;
  return asked.protocol === 'asked';
}

/** Where a request keeps its route; `null` where this version of Fastify has no such place. */
let contextKey: symbol | null | undefined;

/** The configuration of the route that a request was led to. `routeOptions` says the same and gathers much else for it. */
export function routeConfigOf(request: FastifyRequestView): RouteConfig | undefined {
  contextKey ??= keyOf(request, 'fastify.context') ?? null;
  if (contextKey === null) return request.routeOptions.config;
  const contexts = request as unknown as Record<symbol, { config?: RouteConfig } | undefined>;
  return contexts[contextKey]?.config;
}

/** The value that Fastify keeps under a symbol of its own; a plugin's instance inherits some of it. */
function kept<Value>(instance: object, description: string): Value | undefined {
  for (let holder: object | null = instance; holder !== null;) {
    const key = keyOf(holder, description);
    if (key !== undefined) return (instance as Record<symbol, Value>)[key];
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return undefined;
}

function keyOf(holder: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(holder).find((key) => key.description === description);
}
