import type { IncomingMessage } from 'node:http';
import type { CompiledPolicy } from '../compiled-policy.js';
import { askPredicate, type PredicateAnswer } from './ask-predicate.js';
import { parseOrigin } from './grammar.js';
import type { CorsOriginPredicate } from './predicate.js';

/** Told about a predicate that did not answer with a boolean in time. The origin is valid, hence safe to log. */
export type PredicateFaultReporter = (
  policy: CompiledPolicy,
  origin: string,
  fault: string,
) => void;

/**
 * Asks a policy about an origin. A promise only when a predicate returned one. Never throws, never rejects:
 * whatever goes wrong in a predicate denies and is reported.
 */
export function decideOrigin(
  policy: CompiledPolicy,
  origin: string | undefined,
  request: IncomingMessage,
  report: PredicateFaultReporter,
): boolean | Promise<boolean> {
  if (policy.kind !== 'cors') return false;
  if (policy.anyOrigin) return true;
  if (!origin) return false;
  if (policy.origins.allows(origin)) return true;
  const { predicates } = policy.origins;
  if (predicates.length === 0 || parseOrigin(origin) === undefined) return false;
  return keepingTarget(request, () =>
    askFrom(0, predicates, origin, request, (fault) => report(policy, origin, fault)),
  );
}

/** A predicate decides about a request and does not route it: `request.url = '/other'` in one leads nowhere. */
function keepingTarget(
  request: IncomingMessage,
  ask: () => boolean | Promise<boolean>,
): boolean | Promise<boolean> {
  const { url, method } = request;
  const restore = (allowed: boolean): boolean => {
    if (request.url !== url || request.method !== method) Object.assign(request, { url, method });
    return allowed;
  };
  const answer = ask();
  return typeof answer === 'boolean' ? restore(answer) : answer.then(restore);
}

function askFrom(
  index: number,
  predicates: readonly CorsOriginPredicate[],
  origin: string,
  request: IncomingMessage,
  report: (fault: string) => void,
): boolean | Promise<boolean> {
  const predicate = predicates[index];
  if (predicate === undefined) return false;
  const next = (answer: PredicateAnswer): boolean | Promise<boolean> => {
    if (answer.fault !== undefined) report(answer.fault);
    else if (answer.allowed) return true;
    return askFrom(index + 1, predicates, origin, request, report);
  };
  const answer = askPredicate(predicate, origin, request);
  return answer instanceof Promise ? answer.then(next) : next(answer);
}
