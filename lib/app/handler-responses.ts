import { type ExecutionContext, Injectable } from '@nestjs/common';
import { watchHead } from '../platform/response-head.js';
import { readPreflight } from '../protocol/request-kind.js';
import { ApplicationPolicies } from './application-policies.js';
import type { HandlerPolicies } from './handler-policies.js';
import { Decisions } from './decisions.js';
import { HttpServers } from './http-servers.js';
import { ResponseHeads } from './response-heads.js';

/** Strategy `'interceptor'`: puts a response under the policy of the handler that is about to run. */
@Injectable()
export class HandlerResponses {
  private policies: ReturnType<HandlerPolicies['byHandler']> | undefined;

  constructor(
    private readonly application: ApplicationPolicies,
    private readonly decisions: Decisions,
    private readonly heads: ResponseHeads,
    private readonly servers: HttpServers,
  ) {}

  async prepare(context: ExecutionContext): Promise<void> {
    const http = context.switchToHttp();
    const { chooser } = this.decisions;
    const exchange = chooser.platform.exchangeOf(http.getRequest(), http.getResponse());
    this.servers.meet(exchange.request);
    const { method, headers } = exchange.request;
    // A preflight that comes this far was left to the application's own OPTIONS handler.
    if (readPreflight(method, headers) !== undefined) return;
    this.policies ??= this.application.handlers.byHandler();
    const route = this.policies.get(context.getClass())?.get(context.getHandler());
    if (route?.policyIndex === undefined) return;
    const head = watchHead(exchange, this.heads);
    head.early = await this.decisions.decide({
      exchange: head,
      origin: head.origin,
      choice: chooser.ofRoute(route, head),
    });
    head.route = route;
  }
}
