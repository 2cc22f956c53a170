import type { Exchange } from '../platform/exchange.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { grantOf } from '../protocol/origin/grant.js';
import { answerPreflight } from '../protocol/preflight.js';
import { leavesAlone, type Choice } from '../routes/choice.js';
import type { Decision, DecisionReason, Question } from './question.js';

/** The application, as far as every conclusion depends on it. */
export interface Circumstances {
  readonly debug: boolean;
  /** The request comes from another origin than the one that it is addressed to. */
  readonly isForeign: (exchange: Exchange) => boolean;
}

/** The decision, from its policy and from whether that allows the origin. */
export function conclude(
  { exchange, origin, preflight }: Question,
  choice: Choice,
  allowed: boolean,
  { debug, isForeign }: Circumstances,
  listMethods?: () => string,
): Decision {
  const { policy, source, route, sibling, entry, gateway } = choice;
  if (policy === undefined || leavesAlone(policy)) return leftAlone(choice);
  const grant = grantOf(policy, origin, allowed);
  const answer =
    preflight &&
    answerPreflight(preflight, {
      policy,
      grant,
      listedMethods: (allowed && listMethods?.()) || preflight.method,
      debug,
    });
  return {
    policy,
    source,
    route,
    sibling,
    entry,
    gateway,
    allowed,
    credentials: grant.credentials,
    reason:
      answer === undefined ? reasonFor(policy, origin, allowed) : (answer.failure ?? 'allowed'),
    rejected: policy.reject && !allowed && answer === undefined && isForeign(exchange),
    preflight: answer,
  };
}

/** Nothing of ours is said. */
export function leftAlone(choice: Choice): Decision {
  return {
    ...choice,
    allowed: false,
    credentials: false,
    reason: 'left-alone',
    rejected: false,
    preflight: undefined,
  };
}

function reasonFor(
  { kind }: CompiledPolicy,
  origin: string | undefined,
  allowed: boolean,
): DecisionReason {
  if (kind === 'undecidable') return 'undecidable-policy';
  if (kind === 'none') return 'no-policy';
  if (origin === undefined) return 'no-origin';
  return allowed ? 'allowed' : 'origin-denied';
}
