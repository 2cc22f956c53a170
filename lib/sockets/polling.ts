import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Decisions } from '../app/decisions.js';
import type { DecisionEvents } from '../app/events/decision-events.js';
import { refuseRequest } from '../app/perform.js';
import type { PreflightAnswerer } from '../app/preflights.js';
import type { ResponseHeads } from '../app/response-heads.js';
import { watchHead } from '../platform/response-head.js';
import { saysCrossOrigin } from '../protocol/cross-origin.js';
import { readPreflight } from '../protocol/request-kind.js';
import { leavesAlone } from '../routes/choice.js';
import { saysScript } from './polling-query.js';
import type { UpgradeJudge } from './upgrade-judge.js';
import type { SocketRequest } from './socket-request.js';

/** A request of socket.io's long polling. */
export interface PollingRequest extends SocketRequest {
  readonly response: ServerResponse;
}

/**
 * socket.io's HTTP long polling, which takes its requests away from the platform: under the policy that decides about its
 * upgrades, with the same answer. A page that may not open a socket gets 403 here too, because requests are messages.
 */
export class PollingRequests {
  constructor(
    private readonly judge: UpgradeJudge,
    private readonly decisions: Decisions,
    private readonly events: DecisionEvents,
    private readonly heads: ResponseHeads,
    private readonly preflights: () => PreflightAnswerer,
  ) {}

  async handle(
    { request, response, gateways, targets }: PollingRequest,
    go: () => void,
  ): Promise<void> {
    const choices = this.judge.choicesFor(targets, gateways);
    if (choices.some(({ policy }) => leavesAlone(policy))) return go();
    if (isUnsignedScript(request)) return refuseRequest(response);
    const { allowed, decision, denial } = await this.judge.decide(request, choices);
    const choice = decision ?? choices[0];
    if (choice === undefined || response.destroyed) return;
    const exchange = this.judge.exchangeOf(request, response);
    const preflight = readPreflight(request.method, request.headers);
    if (preflight !== undefined) {
      await this.preflights().answer(preflight, exchange, choice);
    } else if (allowed) {
      // Without a decision nobody was asked: no Origin, or the server's own, which reads without permission.
      const { origin } = request.headers;
      watchHead(exchange, this.heads).decided =
        decision ?? this.decisions.conclude({ exchange, origin }, choice, false);
      go();
    } else {
      const { origin } = request.headers;
      if (denial !== undefined) this.events.decided('actual', { exchange, origin }, denial, true);
      refuseRequest(response);
    }
  }
}

/**
 * Polling by a script element (JSONP), whose page may be anybody's: without an `Origin`, and without the browser's word that
 * the page is the server's own. Over plain http, and before they knew Fetch Metadata, browsers give no such word; no program
 * polls so.
 */
function isUnsignedScript({ url = '/', headers }: IncomingMessage): boolean {
  if (headers.origin || saysCrossOrigin(headers) === false) return false;
  return saysScript(url);
}
