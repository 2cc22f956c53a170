import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CorsEngine } from './decisions.js';
import type { Exchange } from '../platform/exchange.js';
import { watchHead, type ResponseHead } from '../platform/response-head.js';
import { PreflightController } from '../preflight.controller.js';
import { show } from '../protocol/show-value.js';
import { isCrossOrigin } from '../protocol/cross-origin.js';
import { readPreflight } from '../protocol/request-kind.js';

/** What happens to a request before anything else of the application sees it. */
@Injectable()
export class CorsHook {
  private readonly logger = new Logger('CorsModule');
  private readonly decidesEarly: boolean;
  private controller: PreflightController | undefined;

  constructor(
    private readonly engine: CorsEngine,
    private readonly module: ModuleRef,
  ) {
    this.decidesEarly = engine.decidesEarly();
  }

  /** Nest creates controllers after providers. */
  private get preflights(): PreflightController {
    return (this.controller ??= this.module.get<PreflightController>(PreflightController));
  }

  /** Strategy `'hook'`: answers preflights, watches the head of every other response. */
  readonly everyRequest = (
    request: IncomingMessage,
    response: ServerResponse,
    native?: unknown,
  ): boolean | Promise<boolean> => {
    const exchange: Exchange = { request, response, url: request.url ?? '/', native };
    const preflight = readPreflight(request.method, request.headers);
    if (preflight !== undefined)
      return this.guarded(exchange, () => this.preflights.answer(preflight, exchange));
    const head = watchHead(exchange, this.engine.decideHead);
    if (!this.decidesEarly || head.origin === undefined) return true;
    return this.guarded(exchange, () => this.decide(head));
  };

  /** Strategy `'interceptor'`: answers preflights, and leaves every other request alone. */
  readonly onlyPreflights = (
    request: IncomingMessage,
    response: ServerResponse,
    native?: unknown,
  ): boolean | Promise<boolean> => {
    const preflight = readPreflight(request.method, request.headers);
    if (preflight === undefined) return true;
    const exchange: Exchange = { request, response, url: request.url ?? '/', native };
    return this.guarded(exchange, () => this.preflights.answer(preflight, exchange));
  };

  /** Asks predicates, which may take their time, and turns denied origins away where the policy says so. */
  private decide(head: ResponseHead): boolean | Promise<boolean> {
    const { policy } = this.engine.select(head);
    if (policy === undefined || !(policy.reject || policy.origins.predicates.length > 0))
      return true;
    const allowed = this.engine.allows(policy, head.origin, head);
    const settle = (isAllowed: boolean): boolean => {
      head.early = { policy, allowed: isAllowed };
      return isAllowed || !policy.reject || !this.reject(head);
    };
    return typeof allowed === 'boolean' ? settle(allowed) : allowed.then(settle);
  }

  private reject(head: ResponseHead): boolean {
    const { request, response } = head;
    if (!isCrossOrigin(request.headers, this.engine.connected.platform.authority(head)))
      return false;
    response.writeHead(403, { Vary: 'Origin, Sec-Fetch-Site', 'Content-Length': '0' });
    response.end();
    return true;
  }

  /** Whatever goes wrong here ends as a denial, never as a crash: there is no error handler this early. */
  private guarded(
    exchange: Exchange,
    work: () => boolean | Promise<boolean>,
  ): boolean | Promise<boolean> {
    const failed = (error: unknown): false => {
      this.logger.error(
        `a request is denied: ${show(error instanceof Error ? error.message : error)}`,
      );
      if (!exchange.response.headersSent)
        exchange.response.writeHead(403, { 'Content-Length': '0' });
      exchange.response.end();
      return false;
    };
    try {
      const result = work();
      return typeof result === 'boolean' ? result : result.catch(failed);
    } catch (error) {
      return failed(error);
    }
  }
}
