import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { CorsEngine } from './cors.engine.js';
import { watchHead } from './platform/response-head.js';

/**
 * Strategy `'interceptor'`: puts the response under the policy of the handler that is about to run. Pipes, the handler,
 * streams and exception filters come after it; guards, middleware and body parsers came before and are out of its reach.
 *
 * @publicApi
 */
@Injectable()
export class CorsInterceptor implements NestInterceptor {
  constructor(private readonly engine: CorsEngine) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() === 'http') await this.prepare(context);
    return next.handle();
  }

  private async prepare(context: ExecutionContext): Promise<void> {
    const policy = this.engine.policies.policyOf(context.getClass(), context.getHandler());
    if (policy === undefined) return;
    const http = context.switchToHttp();
    const exchange = this.engine.connected.platform.exchangeOf(
      http.getRequest(),
      http.getResponse(),
    );
    const head = watchHead(exchange, this.engine.decideHead);
    head.early = { policy, allowed: await this.engine.allows(policy, head.origin, exchange) };
    head.route = { policy, controller: context.getClass(), methodName: context.getHandler().name };
  }
}
