import type { IssueCollector } from '../../config/issues/issue-collector.js';
import type { CorsStrategy } from '../../config/module/module-options.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';

/** Reports a rejecting policy that nobody can perform: once of each, at the first place that leads to it. */
export type RejectCheck = (policy: CompiledPolicy | undefined, where: string) => void;

export function rejectCheck(strategy: CorsStrategy, issues: IssueCollector): RejectCheck {
  const reported = new Set<CompiledPolicy>();
  const check: RejectCheck = (policy, where) => {
    if (strategy !== 'interceptor' || policy === undefined) return;
    check(policy.reportOnly, `${where}.reportOnly`);
    if (!policy.reject || reported.has(policy)) return;
    reported.add(policy);
    issues.add(
      'needs-hook',
      where,
      "`denied: 'reject'` has to answer before guards, and an interceptor runs after them; use strategy 'hook'",
    );
  };
  return check;
}
