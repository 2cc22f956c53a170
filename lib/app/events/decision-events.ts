import { Injectable, Logger } from '@nestjs/common';
import { channel } from 'node:diagnostics_channel';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { leavesAlone } from '../../routes/choice.js';
import { ApplicationPolicies } from '../application-policies.js';
import { Decisions } from '../decisions.js';
import type { Decision, Question } from '../question.js';
import { eventOf, outcomeOf, type CorsRequestKind } from './decision-event.js';
import { DenialLog } from './denial-log.js';
import { Trials } from './trials.js';

const DECISIONS = channel('nestjs-cors:decision');

/**
 * Tells whoever listens what was decided: subscribers of `nestjs-cors:decision`, and outside production the terminal. Told
 * once for each request, by those who perform the decision. Costs a comparison or two where nobody listens.
 */
@Injectable()
export class DecisionEvents {
  private readonly denials: DenialLog | undefined;
  private readonly trials: Trials;

  constructor(
    policies: ApplicationPolicies,
    private readonly decisions: Decisions,
  ) {
    const logger = new Logger('CorsModule');
    const isLogging = process.env['NODE_ENV'] !== 'production' || policies.debug;
    this.trials = new Trials(decisions, logger, isLogging);
    if (isLogging) this.denials = new DenialLog(logger);
  }

  /** A request from the application's own origin, or from no page, asks for nothing: there is no event. */
  decided(kind: CorsRequestKind, question: Question, decision: Decision, rejected = false): void {
    const listened = DECISIONS.hasSubscribers;
    const isAllowed = decision.reason === 'allowed';
    const trial = this.trialBeside(decision);
    const isTold = listened || trial !== undefined || (!isAllowed && this.denials !== undefined);
    if (!isTold) return;
    if (question.origin === undefined || leavesAlone(decision.policy)) return;
    if (kind === 'actual' && !this.isForeign(question)) return;
    if (!isAllowed) this.denials?.report(kind, question, decision);
    const outcome = outcomeOf(isAllowed, rejected);
    if (listened) DECISIONS.publish(eventOf(kind, outcome, question, decision));
    if (trial !== undefined) this.trials.decide({ kind, question, decision, outcome }, trial);
  }

  /** The policy on trial, where there is one and somebody hears of it. */
  private trialBeside({ policy }: Decision): CompiledPolicy | undefined {
    const trial = policy?.reportOnly;
    return trial !== undefined && this.trials.heard ? trial : undefined;
  }

  /**
   * Without an HTTP adapter nothing knows the application's own origin, and reading it may fail in the application's own code,
   * such as a function for `trust proxy`: who listens is told once too often rather than the answer changed.
   */
  private isForeign({ exchange }: Question): boolean {
    try {
      return this.decisions.chooserIfAny?.isForeign(exchange) ?? true;
    } catch {
      return true;
    }
  }
}
