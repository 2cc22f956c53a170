import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { NestRoute } from '../../routes/nest-route.js';
import type { HeadAuthority } from '../head.js';
import { headOf } from '../response-head.js';
import type { RouteCallback } from '../route-recorder.js';
import type { FastifyReplyView } from './fastify-instance.js';

/**
 * A policy that may decide otherwise by the time its handler runs. Fastify has chosen the handler by what was sent, so that most
 * of them cannot. One under `@CorsPolicy('paths')` serves many targets, and middleware or a hook may have assigned another method
 * or target since: `X-HTTP-Method-Override`. One that turns denied origins away, and is live, may have another list since.
 */
export function mayBeAnother(policy: CompiledPolicy | undefined): boolean {
  if (policy === undefined) return false;
  return policy.kind === 'paths' || (policy.reject && policy.live !== undefined);
}

/** Lets a handler run only if it may for what it is given, by what holds now. */
export function whileRunning(
  route: NestRoute,
  handle: RouteCallback,
  heads: HeadAuthority,
): RouteCallback {
  return (request: unknown, reply: unknown, ...rest: unknown[]): unknown => {
    const { raw } = reply as FastifyReplyView;
    const head = headOf(raw, heads);
    if (head === undefined) return handle(request, reply, ...rest);
    head.route = route;
    const go = (may: boolean): unknown => {
      if (may) return handle(request, reply, ...rest);
      // It has been answered, and Fastify is not to wait for more.
      (reply as FastifyReplyView).hijack();
      return undefined;
    };
    const mayRun = heads.mayRun(head);
    return typeof mayRun === 'boolean' ? go(mayRun) : mayRun.then(go);
  };
}
