import type { Exchange } from '../platform/exchange.js';
import type { PreflightHeaders } from '../protocol/request-kind.js';
import type { Choice } from '../routes/choice.js';

/** Answers preflights, whoever calls: the one place of the application that does. */
export interface PreflightAnswerer {
  /**
   * @param choice the policy, where it is known already
   * @returns whether the request is to go on instead, because nothing of ours answers it
   */
  answer(
    preflight: PreflightHeaders,
    exchange: Exchange,
    choice?: Choice,
  ): boolean | Promise<boolean>;
}

/** Injection token of a function that returns the {@link PreflightAnswerer}: Nest makes controllers after providers. */
export const PREFLIGHTS = Symbol('nestjs-cors.preflights');
