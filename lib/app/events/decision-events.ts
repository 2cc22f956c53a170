import { Injectable, Logger } from '@nestjs/common';
import { channel } from 'node:diagnostics_channel';
import { leavesAlone } from '../../routes/choice.js';
import { ApplicationPolicies } from '../application-policies.js';
import { Decisions } from '../decisions.js';
import type { Decision, Question } from '../question.js';
import { eventOf, type CorsOutcome, type CorsRequestKind } from './decision-event.js';
import { DenialLog } from './denial-log.js';

const DECISIONS = channel('nestjs-cors:decision');

/**
 * Tells whoever listens what was decided: subscribers of `nestjs-cors:decision`, and outside production the terminal. Told
 * once for each request, by those who perform the decision. Costs one comparison where nobody listens.
 */
@Injectable()
export class DecisionEvents {
  private readonly denials: DenialLog | undefined;

  constructor(
    policies: ApplicationPolicies,
    private readonly decisions: Decisions,
  ) {
    if (process.env['NODE_ENV'] === 'production' && !policies.debug) return;
    this.denials = new DenialLog(new Logger('CorsModule'), new Set(policies.named.keys()));
  }

  /** A request from the application's own origin, or from no page, asks for nothing: there is no event. */
  decided(kind: CorsRequestKind, question: Question, decision: Decision, rejected = false): void {
    const listened = DECISIONS.hasSubscribers;
    const isAllowed = decision.reason === 'allowed';
    if (!listened && (isAllowed || this.denials === undefined)) return;
    if (question.origin === undefined || leavesAlone(decision.policy)) return;
    if (kind === 'actual' && !this.isForeign(question)) return;
    if (!isAllowed) this.denials?.report(kind, question, decision);
    const outcome: CorsOutcome = isAllowed ? 'allowed' : rejected ? 'rejected' : 'denied';
    if (listened) DECISIONS.publish(eventOf(kind, outcome, question, decision));
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
