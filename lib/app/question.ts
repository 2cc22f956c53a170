import type { Exchange } from '../platform/exchange.js';
import type { Grant } from '../protocol/origin/grant.js';
import type { PreflightAnswer, PreflightFailure } from '../protocol/preflight.js';
import type { PreflightHeaders } from '../protocol/request-kind.js';
import type { Choice } from '../routes/choice.js';

/** A request as far as a decision depends on it, real or imaginary. */
export interface Question {
  readonly exchange: Exchange;
  /** The `Origin` header. */
  readonly origin: string | undefined;
  /** The preflight that is asked; `undefined` for an actual request or an upgrade. */
  readonly preflight?: PreflightHeaders | undefined;
  /** The policy's origin where it is known, such as the handler that runs; otherwise the router is asked. */
  readonly choice?: Choice | undefined;
  /** The policy is only tried: what is decided is told, and not performed. */
  readonly trial?: true;
}

/**
 * - `'allowed'`: the origin may read, or the preflight passes.
 * - `'left-alone'`: nothing of ours is said.
 * - `'no-origin'`: nobody asks to read.
 * - Otherwise the step that failed.
 *
 * @inline
 */
export type DecisionReason = 'allowed' | 'left-alone' | 'no-origin' | PreflightFailure;

/** A decision as data; hook, interceptor, sockets and inspector only perform it. */
export interface Decision extends Choice, Grant {
  readonly reason: DecisionReason;
  /** `denied: 'reject'` turns the actual request away before any handler. */
  readonly rejected: boolean;
  /** The answer to the preflight; `undefined` where the request goes on to the application. */
  readonly preflight: PreflightAnswer | undefined;
}
