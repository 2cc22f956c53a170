import type { LoggerService } from '@nestjs/common';
import { channel } from 'node:diagnostics_channel';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { show } from '../../protocol/show-value.js';
import { adviceFor } from '../advice/advice.js';
import { BoundedLog } from '../bounded-log.js';
import type { Decisions } from '../decisions.js';
import type { Decision, Question } from '../question.js';
import { trialOf } from '../trial.js';
import { eventOf, outcomeOf, type CorsOutcome, type CorsRequestKind } from './decision-event.js';
import type { CorsReportOnlyEvent } from './report-only-event.js';
import { ReportLog } from './report-log.js';
import { wordsFor } from './request-words.js';

const REPORTS = channel('nestjs-cors:report-only');

/** A request that was decided, and how it went out. */
export interface Decided {
  readonly kind: CorsRequestKind;
  readonly question: Question;
  readonly decision: Decision;
  readonly outcome: CorsOutcome;
}

/**
 * Decides beside a decision what the policy on trial would have said, and tells whoever listens where the two differ:
 * subscribers of `nestjs-cors:report-only`, and outside production the terminal. Nothing waits for it, and nothing that goes
 * wrong in it reaches the request.
 */
export class Trials {
  private readonly faults: BoundedLog;
  private readonly log: ReportLog | undefined;

  constructor(
    private readonly decisions: Decisions,
    logger: Pick<LoggerService, 'warn' | 'error'>,
    isLogging: boolean,
  ) {
    this.faults = new BoundedLog(logger);
    if (isLogging) this.log = new ReportLog(logger);
  }

  /** Somebody would hear of a difference. */
  get heard(): boolean {
    return this.log !== undefined || REPORTS.hasSubscribers;
  }

  decide(decided: Decided, trial: CompiledPolicy): void {
    try {
      const { kind, question, decision, outcome } = decided;
      const asked = trialOf(question, decision, trial);
      const compare = this.comparison(decided, asked, eventOf(kind, outcome, question, decision));
      const tried = this.decisions.decide(asked);
      if (tried instanceof Promise) tried.then(compare).catch(this.reportFault);
      else compare(tried);
    } catch (error) {
      this.reportFault(error);
    }
  }

  /** Everything about the request is read before a predicate is waited for: by then the request may be another's. */
  private comparison(
    { kind, question, decision, outcome }: Decided,
    asked: Question,
    event: ReturnType<typeof eventOf>,
  ): (tried: Decision) => void {
    const request = wordsFor(kind, question, decision);
    const always = kind === 'upgrade' || (outcome === 'rejected' && !decision.rejected);
    const { credentials } = decision;
    return (tried) => {
      const would = outcomeOf(tried.reason === 'allowed', always || tried.rejected);
      if (would === outcome && (would !== 'allowed' || tried.credentials === credentials)) return;
      const { policy, reason } = tried;
      const reportOnly = {
        policy: policy?.label ?? '',
        outcome: would,
        reason,
        credentials: tried.credentials,
      };
      this.tell({ ...event, credentials, reportOnly }, request, this.adviceOn(asked, tried));
    };
  }

  private tell(event: CorsReportOnlyEvent, request: string, advice: string | undefined): void {
    this.log?.report(event, request, advice);
    if (REPORTS.hasSubscribers) REPORTS.publish(event);
  }

  private adviceOn(asked: Question, tried: Decision): string | undefined {
    return this.log && adviceFor(asked, tried);
  }

  private readonly reportFault = (error: unknown): void => {
    const message = `what a reportOnly would have answered is not known: ${show(error)}`;
    this.faults.report('error', message, message);
  };
}
