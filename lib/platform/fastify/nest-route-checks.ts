import type { AbstractHttpAdapter } from '@nestjs/core';
import { readPreflight } from '../../protocol/request-kind.js';
import type { FastifyReplyView, FastifyRequestView } from './fastify-instance.js';

type Handler = (this: unknown, request: FastifyRequestView, reply: FastifyReplyView) => unknown;
type UrlMatcher = (url: string) => boolean;

/** Checks that Nest's adapter adds to Fastify's routing from Nest 12 on. */
interface AdapterChecks {
  isRoutableRequestTarget?(url: string): boolean;
  requireNonEmptyParams?(url: string, handler: Handler): Handler;
  createRouteParamsMatcher?(
    url: string,
  ): ((request: { raw: { url: string } }) => boolean) | undefined;
}

/** Requests that Nest's adapter turns away after Fastify has routed them: targets without a path, empty parameters. */
export class AdapterRefusals {
  /** Parameters may be empty, as before Nest 12. */
  readonly emptyParams: boolean;
  private readonly checks: AdapterChecks;
  /** The matcher that the adapter made for the path that is being registered, where Fastify reads its parameters otherwise. */
  matcher: UrlMatcher | undefined;

  constructor(adapter: AbstractHttpAdapter) {
    this.checks = adapter as unknown as AdapterChecks;
    this.emptyParams = this.checks.requireNonEmptyParams === undefined;
    this.observeMatchers();
  }

  isRoutableTarget(url: string): boolean {
    return this.checks.isRoutableRequestTarget?.(url) ?? true;
  }

  /** Called before a path is registered. */
  forget(): void {
    this.matcher = undefined;
  }

  private observeMatchers(): void {
    const create = this.checks.createRouteParamsMatcher?.bind(this.checks);
    if (create === undefined) return;
    this.checks.createRouteParamsMatcher = (url) => {
      const matches = create(url);
      this.matcher = matches && ((target) => matches({ raw: { url: target } }));
      return matches;
    };
  }

  /**
   * For applications whose routes are given preflights: one that Fastify led to a route with an empty parameter is about another method, hence perhaps about another
   * route: it is not for the adapter to turn away.
   */
  exemptPreflights(): void {
    const require = this.checks.requireNonEmptyParams?.bind(this.checks);
    if (require === undefined) return;
    this.checks.requireNonEmptyParams = (url, handler) => {
      const checked = require(url, handler);
      if (checked === handler) return handler;
      const exempting: Handler = function (request, reply) {
        const preflight = readPreflight(request.raw.method, request.raw.headers) !== undefined;
        return (preflight ? handler : checked).call(this, request, reply);
      };
      return Object.defineProperty(exempting, 'name', { configurable: true, value: handler.name });
    };
  }
}
