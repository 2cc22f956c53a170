import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { HandlerResponses } from './app/handler-responses.js';

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

  /** A promise only where a predicate returned one: Nest waits for it as for any other. */
  intercept(
    context: ExecutionContext,
    next: CallHandler,
  ): Observable<unknown> | Promise<Observable<unknown>> {
    const { responses } = this;
    if (context.getType() !== 'http' || responses.sendsEvents(context)) return next.handle();
    const prepared = responses.prepare(context);
    return prepared === undefined ? next.handle() : prepared.then(() => next.handle());
  }
}
