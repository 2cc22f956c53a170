import type { DecisionReason } from '../question.js';
import type { CorsDecisionEvent, CorsOutcome } from './decision-event.js';

/**
 * A request that the policy of a `reportOnly` would have answered otherwise, as published on the diagnostics channel
 * `nestjs-cors:report-only`. The fields of the event itself say what was answered.
 *
 * @publicApi
 */
export interface CorsReportOnlyEvent extends CorsDecisionEvent {
  /** The origin may send credentials. */
  readonly credentials: boolean;
  /** The answer of the policy on trial. */
  readonly reportOnly: CorsTrialOutcome;
}

/** The answer that a policy on trial would have given. */
export interface CorsTrialOutcome {
  /** `partners.reportOnly`. */
  readonly policy: string;
  readonly outcome: CorsOutcome;
  readonly reason: DecisionReason;
  readonly credentials: boolean;
}
