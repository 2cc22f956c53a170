import type { LoggerService } from '@nestjs/common';
import { whereOf } from '../../routes/choice.js';
import { adviceFor } from '../advice/advice.js';
import { BoundedLog } from '../bounded-log.js';
import type { Decision, Question } from '../question.js';
import type { CorsRequestKind } from './decision-event.js';
import { wordsFor } from './request-words.js';

/**
 * Says in the terminal of a developer who was denied, by which policy, and where to change what: once a minute for each kind
 * of denial (policy, place, reason, origin), and of so many kinds at most.
 */
export class DenialLog {
  private readonly log: BoundedLog;

  constructor(logger: Pick<LoggerService, 'warn' | 'error'>) {
    this.log = new BoundedLog(logger);
  }

  report(kind: CorsRequestKind, question: Question, decision: Decision): void {
    const { policy, reason } = decision;
    if (policy === undefined) return;
    const advice = adviceFor(question, decision) ?? reason;
    const message = `Denied: ${wordsFor(kind, question, decision)}: ${advice}`;
    const place = whereOf(decision);
    this.log.report('warn', [policy.label, place, reason, question.origin].join(' '), message);
  }
}
