import type { AbstractHttpAdapter } from '@nestjs/core';
import type { IssueCollector } from '../../config/issues/issue-collector.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { SAFELISTED_METHODS } from '../../protocol/methods.js';
import { show } from '../../protocol/show-value.js';
import type { NestRoute } from '../../routes/nest-route.js';
import { probe } from '../../platform/imaginary-request.js';

/** Nest 12 hands `enableCsrfProtection()` to the adapter as one function that returns an error to reject a request. */
type SecurityHook = (request: unknown, response: unknown) => unknown;

interface WithSecurityHook {
  registerSecurityHook?(hook: SecurityHook): unknown;
}

/** Notes the hook that Nest's CSRF protection registers; the returned function reads it. */
export function observeSecurityHook(adapter: AbstractHttpAdapter): () => SecurityHook | undefined {
  const observed = adapter as unknown as WithSecurityHook;
  const register = observed.registerSecurityHook?.bind(adapter);
  let noted: SecurityHook | undefined;
  if (register !== undefined) {
    observed.registerSecurityHook = (hook) => {
      noted = hook;
      return register(hook);
    };
  }
  return () => noted;
}

/** Warns of exact origins that a policy allows and that CSRF protection would turn away all the same. */
export function checkCsrf(
  rejects: SecurityHook,
  routes: readonly NestRoute[],
  issues: IssueCollector,
): void {
  const judged = new Set<string>();
  for (const { declared: policy, method, path } of routes) {
    if (policy?.kind !== 'cors' || isSafe(method) || judged.has(policy.id)) continue;
    judged.add(policy.id);
    for (const origin of named(policy)) {
      const { request, response } = probe(method === 'ALL' ? 'POST' : method, path, {
        origin,
        'sec-fetch-site': 'cross-site',
      });
      if (!rejects(request, response)) continue;
      issues.add(
        'csrf-rejects-allowed-origin',
        policy.label,
        `the policy allows ${show(origin)}, and enableCsrfProtection() answers its ${method} with 403; add CorsInspector.trustedOrigins() to \`trustedOrigins\``,
        origin,
      );
    }
  }
}

/** With a list of `credentials` beside `'*'`, only those on it are named. */
function named({ origins, credentialed }: CompiledPolicy): ReadonlySet<string> {
  return new Set([...origins.exact, ...(credentialed?.exact ?? [])]);
}

function isSafe(method: string): boolean {
  return method !== 'POST' && (SAFELISTED_METHODS.has(method) || method === 'OPTIONS');
}
