import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { ApplicationPolicies } from './app/application-policies.js';
import { Decisions } from './app/decisions.js';
import { HttpServers } from './app/http-servers.js';
import { ResponseHeads } from './app/response-heads.js';
import { watchHead } from './platform/response-head.js';
import { readPreflight } from './protocol/request-kind.js';

/**
 * Strategy `'interceptor'`: puts the response under the policy of the handler that is about to run. Pipes, the handler,
 * streams and exception filters come after it; guards, middleware and body parsers came before and are out of its reach.
 *
 * @publicApi
 */
@Injectable()
export class CorsInterceptor implements NestInterceptor {
  private readonly policies: ReturnType<ApplicationPolicies['byHandler']>;

  /** @internal Made by Nest. */
  constructor(
    policies: ApplicationPolicies,
    private readonly decisions: Decisions,
    private readonly heads: ResponseHeads,
    private readonly servers: HttpServers,
  ) {
    this.policies = policies.byHandler();
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() === 'http') await this.prepare(context);
    return next.handle();
  }

  private async prepare(context: ExecutionContext): Promise<void> {
    const http = context.switchToHttp();
    const { chooser } = this.decisions;
    const exchange = chooser.platform.exchangeOf(http.getRequest(), http.getResponse());
    this.servers.meet(exchange.request);
    const { method, headers } = exchange.request;
    // A preflight that comes this far was left to the application's own OPTIONS handler.
    if (readPreflight(method, headers) !== undefined) return;
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
