import type { IncomingMessage } from 'node:http';
import { show } from '../show-value.js';
import type { CorsOriginPredicate } from './predicate.js';

/** Milliseconds that a predicate may take. */
export const PREDICATE_TIMEOUT = 1000;

/** The answer of a predicate, or why it gave none: `threw "no database"`. */
export type PredicateAnswer =
  | { readonly allowed: boolean; readonly fault?: undefined }
  | {
      readonly fault: string;
      /** The fault may pass: the predicate rejected, or was still waiting for something. */
      readonly passing: boolean;
    };

/**
 * Asks a predicate about an origin: the one way to do so, at start-up and at request time. A promise only where the
 * predicate returned one. Never throws, never rejects, whatever the predicate or its promise does.
 */
export function askPredicate(
  predicate: CorsOriginPredicate,
  origin: string,
  request: IncomingMessage,
): PredicateAnswer | Promise<PredicateAnswer> {
  try {
    const answer: unknown = predicate(origin, request);
    return isThenable(answer) ? settle(answer) : read(answer);
  } catch (error) {
    return { fault: `threw ${show(error)}`, passing: false };
  }
}

function settle(answer: PromiseLike<unknown>): Promise<PredicateAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ fault: `did not settle within ${PREDICATE_TIMEOUT} ms`, passing: true });
    }, PREDICATE_TIMEOUT);
    const finish = (result: PredicateAnswer): void => {
      clearTimeout(timer);
      resolve(result);
    };
    adopt(answer).then(
      (value) => finish(read(value)),
      (error: unknown) => finish({ fault: `rejected with ${show(error)}`, passing: true }),
    );
  });
}

/** A promise of the same value. `await` reads `constructor` and `then`, and either may throw: here that is a rejection. */
async function adopt(answer: PromiseLike<unknown>): Promise<unknown> {
  return await answer;
}

function read(value: unknown): PredicateAnswer {
  if (typeof value === 'boolean') return { allowed: value };
  return { fault: `answered with ${kindOf(value)} instead of a boolean`, passing: false };
}

/** `null`, `undefined`, `a string`, `an object`. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  const holder = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return holder && 'then' in value && typeof value.then === 'function';
}
