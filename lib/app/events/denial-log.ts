import type { LoggerService } from '@nestjs/common';
import { show } from '../../protocol/show-value.js';
import { whereOf } from '../../routes/choice.js';
import { adviceOn } from '../advice/advice.js';
import { BoundedLog } from '../bounded-log.js';
import type { Decision, Question } from '../question.js';
import type { CorsRequestKind } from './decision-event.js';

/**
 * Says in the terminal of a developer who was denied, by which policy, and where to change what: once a minute for each kind
 * of denial (policy, place, reason, origin), and of so many kinds at most.
 */
export class DenialLog {
  private readonly log: BoundedLog;

  constructor(
    logger: Pick<LoggerService, 'warn' | 'error'>,
    /** Names of the option `policies`. */
    private readonly names: ReadonlySet<string>,
  ) {
    this.log = new BoundedLog(logger);
  }

  report(kind: CorsRequestKind, question: Question, decision: Decision): void {
    const { exchange, origin = '', preflight } = question;
    const { policy, reason } = decision;
    if (policy === undefined) return;
    const method = preflight?.method ?? exchange.request.method ?? 'GET';
    const named = this.names.has(policy.label);
    const advice = adviceOn({ reason, policy, named, origin, method, headers: preflight?.headers });
    const place = whereOf(decision);
    const request = `${NOUNS[kind]} ${show(method).slice(1, -1)} ${show(exchange.url)}`;
    const message = `Denied: ${request} from ${show(origin)}${place === undefined ? '' : ` at ${place}`}: ${advice ?? reason}`;
    this.log.report('warn', [policy.label, place, reason, origin].join(' '), message);
  }
}

const NOUNS: Readonly<Record<CorsRequestKind, string>> = {
  preflight: 'preflight for',
  actual: 'reading of',
  upgrade: 'upgrade by',
};
