import { OTHER } from './edge-methods.js';
import type { EdgePolicy } from './edge-policy.js';
import { passingMethods } from './outcomes.js';
import { sourceOfRequestedHeaders } from './requested-headers.js';

/** `policy:method`, and `'1'` where the method passes under the policy. */
export function methodRows(
  policies: readonly EdgePolicy[],
  known: readonly string[],
): readonly (readonly [string, string])[] {
  return policies.flatMap((policy) => {
    const passing = [...passingMethods(policy, known), ...(policy.methods === null ? [OTHER] : [])];
    return passing.map((method) => [`${policy.key}:${method}`, '1'] as const);
  });
}

/** The lists of request headers that policies permit, as expressions; policies that permit the same share one. */
export interface HeaderSteps {
  readonly sources: readonly string[];
  /** From 1. */
  readonly numberOf: (policy: EdgePolicy) => number;
}

export function headerSteps(policies: readonly EdgePolicy[]): HeaderSteps {
  const sources = [...new Set(policies.map(sourceOf))];
  return { sources, numberOf: (policy) => sources.indexOf(sourceOf(policy)) + 1 };
}

function sourceOf({ allowedHeaders }: EdgePolicy): string {
  return sourceOfRequestedHeaders(allowedHeaders);
}
