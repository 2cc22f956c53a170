import type { CompiledPolicy } from '../../../lib/protocol/compiled-policy.js';
import { IssueCollector } from '../../../lib/config/issues/issue-collector.js';
import type { CorsPolicyOptions } from '../../../lib/config/policies/policy-options.js';
import { PolicyRegistry } from '../../../lib/config/policies/policy-registry.js';
import { loadPublicSuffixOf } from '../../../lib/config/origins/risk/public-suffix.js';

export interface Reading {
  readonly policy: CompiledPolicy | undefined;
  readonly issues: IssueCollector;
  readonly registry: PolicyRegistry;
}

/** Reads options as an application would, `policies` beside them. */
export function read(
  options: unknown,
  policies: Record<string, unknown> = {},
  surroundings: Partial<ConstructorParameters<typeof PolicyRegistry>[2]> = {},
): Reading {
  const issues = new IssueCollector();
  const registry = new PolicyRegistry(policies, issues, {
    production: false,
    publicSuffixOf: loadPublicSuffixOf,
    ...surroundings,
  });
  return { policy: registry.resolve(options, 'here')?.compiled, issues, registry };
}

/** The policy of options without mistakes. */
export function compile(options: CorsPolicyOptions): CompiledPolicy {
  const { policy, issues } = read(options);
  issues.throwIfAny();
  if (policy === undefined) throw new Error('no policy');
  return policy;
}
