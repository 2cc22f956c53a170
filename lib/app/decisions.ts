import { Injectable, Logger } from '@nestjs/common';
import type { HttpPlatform } from '../platform/http-platform.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { decideOrigin, type PredicateFaultReporter } from '../protocol/origin/decide.js';
import { show } from '../protocol/show-value.js';
import { leavesAlone, type Choice } from '../routes/choice.js';
import type { NestRoute } from '../routes/nest-route.js';
import type { LivePolicies } from '../routes/snapshot.js';
import { ApplicationPolicies } from './application-policies.js';
import { BoundedLog } from './bounded-log.js';
import { conclude, leftAlone, type Circumstances } from './conclude.js';
import { PolicyChooser } from './policy-chooser.js';
import type { Decision, Question } from './question.js';

/**
 * The one place that decides: hook, interceptor, sockets, inspector and start-up ask {@link Decisions.decide} and perform
 * what it says, so that what `explain()` says is what is answered.
 */
@Injectable()
export class Decisions {
  private readonly faults = new BoundedLog(new Logger('CorsModule'));
  private connected: PolicyChooser | undefined;
  private readonly swapListeners: (() => void)[] = [];
  private readonly circumstances: Circumstances;

  constructor(readonly policies: ApplicationPolicies) {
    const { debug } = policies;
    this.circumstances = { debug, isForeign: (exchange) => this.chooser.isForeign(exchange) };
  }

  /** Called once, when the HTTP adapter appears; `routes` grows while Nest registers them. */
  connect(platform: HttpPlatform, routes: readonly NestRoute[]): void {
    this.connected = new PolicyChooser(this.policies, platform, routes);
  }

  /** `undefined` without an HTTP adapter, as in a microservice: the module is inert there. */
  get chooserIfAny(): PolicyChooser | undefined {
    return this.connected;
  }

  get chooser(): PolicyChooser {
    if (this.connected === undefined)
      throw new Error('CorsModule is not connected to an HTTP adapter');
    return this.connected;
  }

  /** From here on, live policies are these. */
  swap(revision: number, live: LivePolicies): void {
    this.connected?.swap(revision, live);
    for (const listener of this.swapListeners) listener();
  }

  /** From here on, live policies deny everyone. */
  closeLive(): void {
    this.swap(0, this.policies.unlisted);
  }

  /** Called after every {@link swap}. */
  onSwap(listener: () => void): void {
    this.swapListeners.push(listener);
  }

  /** The policy as the newest snapshot has it. */
  current(policy: CompiledPolicy): CompiledPolicy {
    if (policy.live === undefined) return policy;
    return this.connected?.snapshot.current(policy) ?? policy;
  }

  /** A promise only where a predicate returned one; what it settles with is of the snapshot that holds by then. */
  decide(question: Question): Decision | Promise<Decision> {
    const snapshot = this.connected?.snapshot;
    const decision = this.decideOnce(question);
    if (!(decision instanceof Promise)) return decision;
    return decision.then((decided) =>
      snapshot === this.connected?.snapshot ? decided : this.decideAgain(question, decided),
    );
  }

  /** As {@link decide} where nothing can be waited for any more: a predicate that takes its time denies. */
  decideNow(question: Question, choice: Choice): Decision {
    const decision = this.judge(question, choice);
    if (!(decision instanceof Promise)) return decision;
    const fault = 'is asynchronous, and another route ran than the one predicted';
    this.reportFault(choice.policy as CompiledPolicy, question.origin ?? '', fault);
    return this.conclude(question, choice, false);
  }

  /** The decision where it is known already whether the policy allows the origin. */
  conclude(
    question: Question,
    choice: Choice,
    allowed: boolean,
    listMethods?: () => string,
  ): Decision {
    return conclude(question, choice, allowed, this.circumstances, listMethods);
  }

  private decideOnce(question: Question): Decision | Promise<Decision> {
    const { choice, listMethods } = this.choose(question);
    return this.judge(question, choice, listMethods);
  }

  /**
   * The snapshot is gone that a predicate was asked for. A policy of the code is the same in the newest one, and what its
   * predicate said stands; where another one would have to be waited for, it denies.
   */
  private decideAgain(question: Question, decided: Decision): Decision {
    const { choice, listMethods } = this.choose(question);
    if (choice.rejecting === undefined && choice.policy === decided.policy) return decided;
    const decision = this.judge(question, choice, listMethods);
    return decision instanceof Promise ? this.conclude(question, choice, false) : decision;
  }

  private choose(question: Question): {
    readonly choice: Choice;
    readonly listMethods?: () => string;
  } {
    const { exchange, preflight, choice } = question;
    if (choice !== undefined) return { choice: this.asOfNow(choice) };
    if (preflight === undefined) return { choice: this.chooser.ofRequest(exchange) };
    return this.chooser.ofPreflight(exchange, preflight);
  }

  /** The choice with its policies as the newest snapshot has them. */
  private asOfNow(choice: Choice): Choice {
    const { policy, rejecting } = choice;
    const current = policy && this.current(policy);
    if (current === policy && rejecting === undefined) return choice;
    return { ...choice, policy: current, rejecting: rejecting?.map((one) => this.current(one)) };
  }

  private judge(
    question: Question,
    choice: Choice,
    listMethods?: () => string,
  ): Decision | Promise<Decision> {
    const { policy, rejecting } = choice;
    if (policy === undefined || leavesAlone(policy)) return leftAlone(choice);
    if (rejecting !== undefined) return this.judgeEvery(question, choice, rejecting);
    const allowed = this.allows(policy, question);
    return typeof allowed === 'boolean'
      ? this.conclude(question, choice, allowed, listMethods)
      : allowed.then((settled) => this.conclude(question, choice, settled, listMethods));
  }

  /** Nothing says which policy holds: the request is denied, and rejected if one of them denies and rejects it. */
  private judgeEvery(
    question: Question,
    choice: Choice,
    rejecting: readonly CompiledPolicy[],
  ): Decision | Promise<Decision> {
    const answers = rejecting.map((policy) => this.allows(policy, question));
    const settle = (allowed: readonly boolean[]): Decision => {
      const decision = this.conclude(question, choice, false);
      return { ...decision, rejected: decision.rejected && allowed.includes(false) };
    };
    return answers.every((answer) => typeof answer === 'boolean')
      ? settle(answers)
      : Promise.all(answers).then(settle);
  }

  private allows(
    policy: CompiledPolicy,
    { origin, exchange, trial }: Question,
  ): boolean | Promise<boolean> {
    const report = trial ? this.reportTrialFault : this.reportFault;
    return decideOrigin(policy, origin, exchange.request, report);
  }

  private readonly reportFault: PredicateFaultReporter = (policy, origin, fault) =>
    this.logFault(policy, fault, `${show(origin)} is denied`);

  private readonly reportTrialFault: PredicateFaultReporter = (policy, origin, fault) =>
    this.logFault(policy, fault, `${show(origin)} would be denied`);

  private logFault({ label }: CompiledPolicy, fault: string, consequence: string): void {
    const what = `origin predicate of policy ${show(label)} ${fault}`;
    this.faults.report('warn', what, `${what}; ${consequence}`);
  }
}
