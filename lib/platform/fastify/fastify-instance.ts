import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is used of a Fastify request. */
export interface FastifyRequestView {
  readonly raw: IncomingMessage;
  readonly host?: string;
  readonly hostname: string;
  readonly routeOptions: { readonly config?: { readonly url?: string } & Record<symbol, unknown> };
}

/** What is used of a Fastify reply. */
export interface FastifyReplyView {
  readonly raw: ServerResponse;
  callNotFound(): void;
}

export type OnRequest = (
  request: FastifyRequestView,
  reply: FastifyReplyView,
  done: () => void,
) => void;

/** What `onRoute` tells about a route. */
export interface FastifyRouteOptions {
  readonly method: string | readonly string[];
  readonly url: string;
  readonly constraints?: Record<string, unknown>;
  config?: object;
}

/** What is used of a Fastify instance. */
export interface FastifyInstanceView {
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
  const key = Object.getOwnPropertySymbols(instance).find(
    (symbol) => symbol.description === 'fastify.hooks',
  );
  return key && (instance as Record<symbol, Record<string, unknown[]>>)[key];
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
  const key = Object.getOwnPropertySymbols(instance).find(
    (symbol) => symbol.description === 'fastify.Request',
  );
  return key && (instance as Record<symbol, RequestClass>)[key];
}
