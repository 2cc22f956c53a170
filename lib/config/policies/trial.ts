import type { IssueCollector } from '../issues/issue-collector.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { ResolvedPolicy } from './judge-policy.js';
import { fingerprint } from './policy-fingerprint.js';
import type { CorsPolicyOptions } from './policy-options.js';

/** The options that decide who may do what. What the others say, such as `maxAge`, depends on no request. */
const DECIDING = ['origin', 'credentials', 'methods', 'allowedHeaders', 'denied'] as const;

/** Takes `reportOnly` out of the options that were read: it is no part of what the policy answers, and is not inherited as it stands. */
export function takeTrial(source: Record<string, unknown>): unknown {
  const { reportOnly } = source;
  delete source['reportOnly'];
  return reportOnly;
}

/** A trial is decided beside a policy that answers; beside another trial nobody would be told. */
export function reportNested(given: unknown, where: string, issues: IssueCollector): void {
  if (given === undefined) return;
  const message =
    '`reportOnly` has no effect in a policy that is tried itself; write one trial, beside the policy that it is to replace';
  issues.add('option-without-effect', `${where}.reportOnly`, message, given);
}

/** A trial that decides about every request as the policy does has nothing to report. */
export function reportAlike(where: string, issues: IssueCollector): void {
  const message = `\`reportOnly\` decides about every request as the policy does, so it would never report anything: ${DECIDING.map((key) => `\`${key}\``).join(', ')} are the same; change one of them there, or remove it (what other options change, \`nestjs-cors diff\` shows)`;
  issues.add('option-without-effect', where, message);
}

/** The two let the same requests pass. */
export function decideAlike(one: ResolvedPolicy, other: ResolvedPolicy): boolean {
  return deciding(one.options) === deciding(other.options);
}

/** The policy with the one that is tried beside it. */
export function beside(policy: ResolvedPolicy, trial: ResolvedPolicy): ResolvedPolicy {
  return { ...policy, trial, compiled: trying(policy.compiled, trial.compiled) };
}

/** The same, compiled. */
export function trying(
  policy: CompiledPolicy,
  reportOnly: CompiledPolicy | undefined,
): CompiledPolicy {
  return reportOnly === undefined ? policy : Object.freeze({ ...policy, reportOnly });
}

function deciding(options: CorsPolicyOptions): string {
  return fingerprint(Object.fromEntries(DECIDING.map((key) => [key, options[key]])));
}
