import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { CorsEngine } from './app/decisions.js';
import { watchHead } from './platform/response-head.js';
import type { CompiledPolicy } from './protocol/compiled-policy.js';
import type { HandlerPolicy } from './routes/handler-policy.js';

/**
 * Strategy `'interceptor'`: puts the response under the policy of the handler that is about to run. Pipes, the handler,
 * streams and exception filters come after it; guards, middleware and body parsers came before and are out of its reach.
 *
 * @publicApi
 */
@Injectable()
export class CorsInterceptor implements NestInterceptor {
  private readonly policies: ReadonlyMap<object, ReadonlyMap<object, CompiledPolicy | undefined>>;

  constructor(private readonly engine: CorsEngine) {
    this.policies = byHandler(engine.policies.handlers);
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() === 'http') await this.prepare(context);
    return next.handle();
  }

  private async prepare(context: ExecutionContext): Promise<void> {
    const policy = this.policies.get(context.getClass())?.get(context.getHandler());
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

/** Two controllers may share a handler, by inheritance, under different policies. */
function byHandler(
  handlers: readonly HandlerPolicy[],
): Map<object, Map<object, CompiledPolicy | undefined>> {
  const policies = new Map<object, Map<object, CompiledPolicy | undefined>>();
  for (const { controller, handler, policy } of handlers) {
    const own = policies.get(controller) ?? new Map<object, CompiledPolicy | undefined>();
    policies.set(controller, own.set(handler, policy));
  }
  return policies;
}
