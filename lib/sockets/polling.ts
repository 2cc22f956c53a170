import type { IncomingMessage, ServerResponse } from 'node:http';
import { watchHead } from '../platform/response-head.js';
import type { PreflightController } from '../preflight.controller.js';
import { readPreflight } from '../protocol/request-kind.js';
import type { Gateway } from './gateway.js';
import { leavesAlone, type UpgradeJudge } from './upgrade-judge.js';

/**
 * socket.io's HTTP long polling, which takes its requests away from the platform: under the policy that decides about its
 * upgrades, with the same answer. A page that may not open a socket gets 403 here too, because requests are messages.
 */
export class PollingRequests {
  constructor(
    private readonly judge: UpgradeJudge,
    private readonly preflights: () => PreflightController,
  ) {}

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    gateways: readonly Gateway[],
    go: () => void,
  ): Promise<void> {
    const policies = this.judge.policiesAt(request.url ?? '/', gateways);
    if (policies.some(leavesAlone)) return go();
    const verdict = await this.judge.decide(request, policies);
    const policy = verdict.policy ?? policies[0];
    if (policy === undefined || response.destroyed) return;
    const exchange = this.judge.exchangeOf(request, response);
    const preflight = readPreflight(request.method, request.headers);
    if (preflight !== undefined) {
      await this.preflights().answerUnder(policy, preflight, exchange);
    } else if (verdict.allowed) {
      // Without a policy in the verdict nobody was asked: no Origin, or the server's own, which reads without permission.
      const decision = { policy, allowed: verdict.policy !== undefined };
      watchHead(exchange, () => decision);
      go();
    } else refuseRequest(response);
  }
}

/** Answers a request with 403, as `denied: 'reject'` does. */
export function refuseRequest(response: ServerResponse): void {
  if (response.headersSent) return;
  response.writeHead(403, { Vary: 'Origin, Sec-Fetch-Site', 'Content-Length': '0' });
  response.end();
}
