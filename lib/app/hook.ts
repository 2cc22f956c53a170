import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from '../platform/exchange.js';
import type { ResponseHead } from '../platform/head.js';
import { watchHead } from '../platform/response-head.js';
import { readPreflight, type PreflightHeaders } from '../protocol/request-kind.js';
import { Decisions } from './decisions.js';
import { ApplicationPolicies } from './application-policies.js';
import { FailClosed } from './fail-closed.js';
import { HttpServers } from './http-servers.js';
import { refuseRequest } from './perform.js';
import { PREFLIGHTS, type PreflightAnswerer } from './preflights.js';
import type { Decision } from './question.js';
import { ResponseHeads } from './response-heads.js';

/** The first stop of a request, before anything else of the application sees it. */
@Injectable()
export class CorsHook {
  private readonly failClosed = new FailClosed();
  private readonly decidesEarly: boolean;

  constructor(
    policies: ApplicationPolicies,
    private readonly decisions: Decisions,
    private readonly heads: ResponseHeads,
    private readonly servers: HttpServers,
    @Inject(PREFLIGHTS) private readonly preflights: () => PreflightAnswerer,
  ) {
    this.decidesEarly = policies.decideEarly();
  }

  /** Strategy `'hook'`: answers preflights, watches the head of every other response. */
  readonly everyRequest = (
    request: IncomingMessage,
    response: ServerResponse,
    native?: unknown,
  ): boolean | Promise<boolean> => {
    this.servers.meet(request);
    const exchange: Exchange = { request, response, url: request.url ?? '/', native };
    const preflight = readPreflight(request.method, request.headers);
    if (preflight !== undefined) return this.answer(preflight, exchange);
    const head = watchHead(exchange, this.heads);
    if (!this.decidesEarly || head.origin === undefined) return true;
    return this.failClosed.attempt(response, () => this.decideEarly(head));
  };

  /** Strategy `'interceptor'`: answers preflights, and leaves every other request alone. */
  readonly onlyPreflights = (
    request: IncomingMessage,
    response: ServerResponse,
    native?: unknown,
  ): boolean | Promise<boolean> => {
    const preflight = readPreflight(request.method, request.headers);
    this.servers.meet(request);
    if (preflight === undefined) return true;
    return this.answer(preflight, { request, response, url: request.url ?? '/', native });
  };

  private answer(preflight: PreflightHeaders, exchange: Exchange): boolean | Promise<boolean> {
    return this.failClosed.attempt(exchange.response, () =>
      this.preflights().answer(preflight, exchange),
    );
  }

  /** Asks predicates, which may take their time, and turns denied origins away where the policy says so. */
  private decideEarly(head: ResponseHead<Decision>): boolean | Promise<boolean> {
    const decision = this.decisions.decide({ exchange: head, origin: head.origin });
    const settle = (decided: Decision): boolean => {
      head.early = decided;
      if (decided.rejected) refuseRequest(head.response);
      return !decided.rejected;
    };
    return decision instanceof Promise ? decision.then(settle) : settle(decision);
  }
}
