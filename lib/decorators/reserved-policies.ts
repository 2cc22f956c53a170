import type { IssueCollector } from '../config/issues/issue-collector.js';
import type { ReservedPolicyName } from '../config/policies/policy-options.js';
import type { ResolvedPolicy } from '../config/policies/policy-registry.js';
import { NO_ORIGINS } from '../config/origins/read-origins.js';
import {
  PASSTHROUGH_POLICY,
  PATHS_POLICY,
  type CompiledPolicy,
} from '../protocol/compiled-policy.js';

/** The parts of an application that words which stand for a policy need. */
export interface ReservedNeeds {
  readonly hasHook: boolean;
  readonly hasPaths: boolean;
}

const RESERVED: Readonly<Record<ReservedPolicyName, CompiledPolicy>> = {
  paths: PATHS_POLICY,
  passthrough: PASSTHROUGH_POLICY,
};

export function isReserved(policy: unknown): policy is ReservedPolicyName {
  return typeof policy === 'string' && Object.hasOwn(RESERVED, policy);
}

/** `@CorsPolicy('paths')` and `@CorsPolicy('passthrough')`; what they cannot do here is reported at `where`. */
export function reservedPolicy(
  name: ReservedPolicyName,
  where: string,
  { hasHook, hasPaths }: ReservedNeeds,
  issues: IssueCollector,
): ResolvedPolicy {
  if (!hasHook) {
    const message = `@CorsPolicy('${name}') is about preflights and headers that an interceptor never sees; use strategy 'hook', or name a policy here`;
    issues.add('needs-hook', where, message, name);
  } else if (name === 'paths' && !hasPaths) {
    const message =
      "@CorsPolicy('paths') leaves it to the entry of `paths` that covers the target, and CorsModule has no `paths`, so only `default` would be left; write paths: [{ path: '/billing/*rest', policy: 'partners' }], or name a policy here";
    issues.add('missing-paths', where, message, name);
  }
  return { options: {}, origins: NO_ORIGINS, compiled: RESERVED[name] };
}
