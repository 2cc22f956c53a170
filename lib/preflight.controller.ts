import { Controller } from '@nestjs/common';
import { Decisions } from './app/decisions.js';
import { DecisionEvents } from './app/events/decision-events.js';
import { performPreflight } from './app/perform.js';
import type { PreflightAnswerer } from './app/preflights.js';
import type { Decision } from './app/question.js';

type Arguments = Parameters<PreflightAnswerer['answer']>;

/**
 * Answers every preflight, whoever calls it: the adapter hook under strategy `'hook'`, the `OPTIONS` route of the path
 * under strategy `'interceptor'`, socket.io's polling. It has no path, and so no routes and no line in Nest's log.
 *
 * @publicApi
 */
@Controller([])
export class PreflightController {
  /** @internal Made by Nest. */
  constructor(
    private readonly decisions: Decisions,
    private readonly events: DecisionEvents,
  ) {}

  /**
   * @internal Answers a preflight by the policy of the handler that the platform's router would run for the requested method.
   *
   * @param choice the policy, where it is known already
   * @returns whether the request is to go on instead: no policy of ours covers it, or the policy is `'passthrough'`
   */
  answer(...[preflight, exchange, choice]: Arguments): boolean | Promise<boolean> {
    const { response } = exchange;
    const { origin } = preflight;
    const question = { exchange, origin, preflight, choice };
    const perform = (decision: Decision): boolean => {
      this.events.decided('preflight', question, decision);
      return performPreflight(response, decision);
    };
    const decision = this.decisions.decide(question);
    return decision instanceof Promise ? decision.then(perform) : perform(decision);
  }
}
