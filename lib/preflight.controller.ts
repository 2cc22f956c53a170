import { Controller } from '@nestjs/common';
import { CorsEngine } from './app/decisions.js';
import type { Exchange } from './platform/exchange.js';
import type { CompiledPolicy } from './protocol/compiled-policy.js';
import { answerPreflight, type PreflightAnswer } from './protocol/preflight.js';
import type { PreflightHeaders } from './protocol/request-kind.js';
import type { Selection } from './routes/policy-selector.js';
import type { RoutesAtTarget } from './routes/route-lookup.js';

/**
 * Answers every preflight, whoever calls it: the adapter hook under strategy `'hook'`, the `OPTIONS` route of the path
 * under strategy `'interceptor'`. It has no routes of its own.
 *
 * @publicApi
 */
@Controller()
export class PreflightController {
  constructor(private readonly engine: CorsEngine) {}

  /**
   * Answers a preflight by the policy of the handler that the platform's router would run for the requested method.
   *
   * @returns whether the request is to go on instead: nothing of Nest's serves this target and no policy covers it
   */
  answer(preflight: PreflightHeaders, exchange: Exchange): boolean | Promise<boolean> {
    if (exchange.url === '*') return true; // about the server, not about a path (RFC 9110 §9.3.7): no browser sends it
    const { platform, selector } = this.engine.connected;
    const routes = platform.routesAt(exchange);
    const selection = selector.select(routes, preflight.method, exchange.url);
    if (goesOn(selection)) return true;
    const { policy } = selection;
    const allowed = policy !== undefined && this.engine.allows(policy, preflight.origin, exchange);
    const finish = (originAllowed: boolean): false => {
      send(exchange, this.compose(preflight, exchange, selection, routes, originAllowed));
      return false;
    };
    return typeof allowed === 'boolean' ? finish(allowed) : allowed.then(finish);
  }

  /** Answers a preflight for what no router leads to, under a policy that is known. */
  async answerUnder(
    policy: CompiledPolicy,
    preflight: PreflightHeaders,
    exchange: Exchange,
  ): Promise<void> {
    const originAllowed = await this.engine.allows(policy, preflight.origin, exchange);
    const { debug } = this.engine;
    const context = { policy, originAllowed, listedMethods: preflight.method, debug };
    send(exchange, answerPreflight(preflight, context));
  }

  private compose(
    preflight: PreflightHeaders,
    { url }: Exchange,
    selection: Selection,
    routes: RoutesAtTarget,
    originAllowed: boolean,
  ): PreflightAnswer {
    const { policy } = selection;
    if (policy === undefined)
      return { status: 403, headers: { 'Content-Length': '0' }, failure: 'no-policy' };
    const listedMethods = originAllowed
      ? this.engine.connected.selector.listMethods(selection, routes, preflight.method, url)
      : '';
    return answerPreflight(preflight, {
      policy,
      originAllowed,
      listedMethods,
      debug: this.engine.debug,
    });
  }
}

/** What nobody of ours answers for: an upstream that keeps its own CORS, or a target without route and policy. */
function goesOn({ policy, unrouted }: Selection): boolean {
  return policy === undefined ? unrouted : policy.kind === 'passthrough';
}

function send({ response }: Exchange, { status, headers }: PreflightAnswer): void {
  if (response.headersSent || response.destroyed) return; // the client left while a predicate was asked
  response.writeHead(status, headers);
  response.end();
}
