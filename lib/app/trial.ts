import type { Exchange } from '../platform/exchange.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import type { Decision, Question } from './question.js';

/** The same question under the policy that is tried beside the one that decided. */
export function trialOf(
  { exchange, origin, preflight }: Question,
  { source, route, sibling, entry, gateway }: Decision,
  policy: CompiledPolicy,
): Question {
  const choice = { policy, source, route, sibling, entry, gateway };
  return { exchange: shielded(exchange), origin, preflight, choice, trial: true };
}

/** Predicates that are only tried see everything of the request, and what they assign to it reaches nobody. */
function shielded({ request, response, url, native }: Exchange): Exchange {
  return { request: Object.create(request) as typeof request, response, url, native };
}
