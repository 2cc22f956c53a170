import { Injectable, Logger } from '@nestjs/common';
import type { HeadAuthority, ResponseHead } from '../platform/response-head.js';
import { UNDECIDABLE_POLICY } from '../protocol/compiled-policy.js';
import { show } from '../protocol/show-value.js';
import { leavesAlone, type Choice } from '../routes/choice.js';
import { Decisions } from './decisions.js';
import { OverrideLog } from './override-log.js';
import type { Decision } from './question.js';

/** Says what the heads of responses go out with, in the moment in which they are written. */
@Injectable()
export class ResponseHeads implements HeadAuthority<Decision> {
  private readonly logger = new Logger('CorsModule');
  private readonly overrides = new OverrideLog(this.logger);

  constructor(private readonly decisions: Decisions) {}

  /** Never throws: nobody could answer for it while a head is written. */
  decideHead(head: ResponseHead<Decision>): Decision | undefined {
    try {
      const decision = head.decided ?? this.decideWhatRan(head);
      return leavesAlone(decision.policy) ? undefined : decision;
    } catch (error) {
      this.logger.error(`a response goes out as denied: ${show(error)}`);
      const choice: Choice = { policy: UNDECIDABLE_POLICY, source: 'none' };
      return this.decisions.conclude({ exchange: head, origin: head.origin }, choice, false);
    }
  }

  replaced(decision: Decision, names: readonly string[]): void {
    this.overrides.report(decision, names);
  }

  /** A predicate was asked before the request went on, for the route that was predicted. */
  private decideWhatRan(head: ResponseHead<Decision>): Decision {
    const { early } = head;
    const choice = this.choiceOf(head);
    const question = { exchange: head, origin: head.origin };
    return early !== undefined && early.policy === choice.policy
      ? this.decisions.conclude(question, choice, early.allowed)
      : this.decisions.decideNow(question, choice);
  }

  private choiceOf(head: ResponseHead<Decision>): Choice {
    const { route } = head;
    return route === undefined
      ? this.decisions.chooser.ofRequest(head)
      : { policy: route.policy, source: 'route', route };
  }
}
