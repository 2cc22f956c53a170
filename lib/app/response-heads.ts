import { Injectable, Logger } from '@nestjs/common';
import type { HeadAuthority, ResponseHead, Target } from '../platform/head.js';
import { decidesEarly, UNDECIDABLE_POLICY } from '../protocol/compiled-policy.js';
import { SAFELISTED_METHODS } from '../protocol/methods.js';
import { show } from '../protocol/show-value.js';
import { leavesAlone, type Choice } from '../routes/choice.js';
import type { RunningRoute } from '../routes/nest-route.js';
import { BoundedLog } from './bounded-log.js';
import { Decisions } from './decisions.js';
import { DecisionEvents } from './events/decision-events.js';
import { refuseRequest } from './perform.js';
import { FailClosed } from './fail-closed.js';
import { OverrideLog } from './override-log.js';
import type { Decision } from './question.js';

/** Says what the heads of responses go out with, in the moment in which they are written. */
@Injectable()
export class ResponseHeads implements HeadAuthority<Decision> {
  private readonly logger = new Logger('CorsModule');
  private readonly faults = new BoundedLog(this.logger);
  private readonly failClosed = new FailClosed();
  private readonly overrides = new OverrideLog(this.logger);

  constructor(
    private readonly decisions: Decisions,
    private readonly events: DecisionEvents,
  ) {}

  /**
   * Decides again for the handler that is about to run, where it is not the one that was decided about before: after a raw
   * route's `next()`, a rewritten target, `next('route')`.
   */
  mayRun(head: ResponseHead<Decision>): boolean | Promise<boolean> {
    head.asked = rewritten(head);
    const { origin, route } = head;
    if (origin === undefined || route === undefined) return true;
    if (this.isLetIn(route, head.method)) return true;
    return this.failClosed.attempt(head.response, () => this.decideAgain(head, origin, route));
  }

  /** Never throws: nobody could answer for it while a head is written. */
  decideHead(head: ResponseHead<Decision>): Decision | undefined {
    try {
      const decision =
        head.decided === undefined ? this.decideWhatRan(head) : this.asOfNow(head, head.decided);
      if (leavesAlone(decision.policy)) return undefined;
      const question = { exchange: head, origin: head.origin };
      this.events.decided('actual', question, decision, head.early?.rejected);
      return decision;
    } catch (error) {
      const message = `a response goes out as denied: ${show(error)}`;
      this.faults.report('error', message, message);
      const choice: Choice = { policy: UNDECIDABLE_POLICY, source: 'none' };
      return this.decisions.conclude({ exchange: head, origin: head.origin }, choice, false);
    }
  }

  replaced(decision: Decision, names: readonly string[]): void {
    this.overrides.report(decision, names);
  }

  /** Whoever is denied may not read, and the handler runs all the same: the head is early enough to decide. */
  private isLetIn(route: RunningRoute, method: string): boolean {
    const policy = this.decisions.chooser.policyOf(route);
    return policy === undefined || (!decidesEarly(policy) && SAFELISTED_METHODS.has(method));
  }

  private decideAgain(
    head: ResponseHead<Decision>,
    origin: string,
    route: RunningRoute,
  ): boolean | Promise<boolean> {
    const { early } = head;
    const choice = this.decisions.chooser.ofRoute(route, head.asked ?? head);
    if (choice.policy === undefined || early?.policy === choice.policy) return true;
    const decision = this.decisions.decide({ exchange: head, origin, choice });
    return decision instanceof Promise
      ? decision.then((decided) => this.admit(head, decided))
      : this.admit(head, decision);
  }

  private admit(head: ResponseHead<Decision>, decision: Decision): boolean {
    head.early = decision;
    if (!decision.rejected && !this.hasPassedAsAnother(head, decision)) return true;
    refuseRequest(head.response);
    return false;
  }

  /**
   * The preflight was answered for the route that was predicted, and the handler's own policy would have failed it: a
   * `PUT` that a first handler's policy let in and that `next()` hands to a `@NoCors()` handler.
   */
  private hasPassedAsAnother(head: ResponseHead<Decision>, { policy, allowed }: Decision): boolean {
    if (allowed || leavesAlone(policy) || SAFELISTED_METHODS.has(head.method)) return false;
    const { chooser } = this.decisions;
    return chooser.ofRequest(head, head.method).policy !== policy && chooser.isForeign(head);
  }

  /** Decided before, by whoever took the request away: again, where the snapshot of then is gone. */
  private asOfNow(head: ResponseHead<Decision>, decided: Decision): Decision {
    const policy = decided.policy && this.decisions.current(decided.policy);
    if (policy === decided.policy) return decided;
    return this.decisions.decideNow(
      { exchange: head, origin: head.origin },
      { ...decided, policy },
    );
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
    const { chooser } = this.decisions;
    return route === undefined
      ? chooser.ofRequest(head)
      : chooser.ofRoute(route, head.asked ?? head);
  }
}

function rewritten({ request, method, url }: ResponseHead<Decision>): Target | undefined {
  if (request.url === url && request.method === method) return undefined;
  return { method: request.method ?? method, url: request.url ?? url };
}
