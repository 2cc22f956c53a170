import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { HandlerResponses } from './app/handler-responses.js';

/**
 * Strategy `'interceptor'` for `@Sse()`: Nest 10 writes the head of such a response before interceptors run, and after guards. It
 * lets every request pass, and is not there where no handler sends events.
 */
export class CorsEventsGuard implements CanActivate {
  constructor(private readonly responses: HandlerResponses) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() === 'http' && this.responses.sendsEvents(context))
      await this.responses.prepare(context);
    return true;
  }
}
