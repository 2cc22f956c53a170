import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/constants.js';
import type { HandlerResponses } from './app/handler-responses.js';

/** The handler is an `@Sse()` one. */
export function sendsEvents(context: ExecutionContext): boolean {
  return Reflect.getMetadata(SSE_METADATA, context.getHandler()) === true;
}

/**
 * Strategy `'interceptor'` for `@Sse()`: Nest 10 writes the head of such a response before interceptors run, and after guards. It
 * lets every request pass.
 */
export class CorsEventsGuard implements CanActivate {
  constructor(private readonly responses: HandlerResponses) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() === 'http' && sendsEvents(context)) await this.responses.prepare(context);
    return true;
  }
}
