import type { IncomingMessage } from 'node:http';
import type { CompiledPolicy } from '../compiled-policy.js';
import { parseOrigin } from './grammar.js';
import type { CorsOriginPredicate } from '../../config/policies/policy-options.js';
import { show } from '../show-value.js';

/** How long a predicate may take, in milliseconds. */
export const PREDICATE_TIMEOUT = 1000;

/** Told about a predicate that did not answer with a boolean in time. The origin is valid, hence safe to log. */
export type PredicateFaultReporter = (
  policy: CompiledPolicy,
  origin: string,
  fault: string,
) => void;

/**
 * Whether the policy allows an origin. A promise only when a predicate returned one. Never throws, never rejects:
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
  return askFrom(0, predicates, origin, request, (fault) => report(policy, origin, fault));
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
  const answer = ask(predicate, origin, request, report);
  if (typeof answer === 'boolean') {
    return answer || askFrom(index + 1, predicates, origin, request, report);
  }
  return answer.then(
    (allowed) => allowed || askFrom(index + 1, predicates, origin, request, report),
  );
}

function ask(
  predicate: CorsOriginPredicate,
  origin: string,
  request: IncomingMessage,
  report: (fault: string) => void,
): boolean | Promise<boolean> {
  try {
    const answer: unknown = predicate(origin, request);
    return isThenable(answer) ? settle(answer, report) : onlyBoolean(answer, report);
  } catch (error) {
    report(`threw ${describe(error)}`);
    return false;
  }
}

function settle(answer: PromiseLike<unknown>, report: (fault: string) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      report(`did not settle within ${PREDICATE_TIMEOUT} ms`);
      resolve(false);
    }, PREDICATE_TIMEOUT);
    const finish = (allowed: () => boolean): void => {
      clearTimeout(timer);
      resolve(allowed());
    };
    Promise.resolve(answer).then(
      (value) => finish(() => onlyBoolean(value, report)),
      (error: unknown) => finish(() => (report(`rejected with ${describe(error)}`), false)),
    );
  });
}

function onlyBoolean(value: unknown, report: (fault: string) => void): boolean {
  if (typeof value === 'boolean') return value;
  report(`answered with a ${typeof value} instead of a boolean`);
  return false;
}

/** Never throws itself: an error may be a proxy, or an `Error` whose message is a getter that fails. */
function describe(error: unknown): string {
  try {
    return show(error instanceof Error ? error.message : error);
  } catch {
    return 'what cannot be shown';
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
