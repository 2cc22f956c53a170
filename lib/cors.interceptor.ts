import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { HandlerResponses } from './app/handler-responses.js';
import { sendsEvents } from './cors-events.guard.js';

/**
 * Strategy `'interceptor'`: puts the response under the policy of the handler that is about to run. Pipes, the handler,
 * streams and exception filters come after it; guards, middleware and body parsers came before and are out of its reach.
 *
 * @publicApi
 */
@Injectable()
export class CorsInterceptor implements NestInterceptor {
  /** @internal Made by Nest. */
  constructor(private readonly responses: HandlerResponses) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() === 'http' && !sendsEvents(context))
      await this.responses.prepare(context);
    return next.handle();
  }
}
