import type { CorsPolicyOptions } from './policy-options.js';
import { toList } from '../../protocol/token.js';

const LISTS: ReadonlySet<string> = new Set([
  'methods',
  'allowedHeaders',
  'exposedHeaders',
  'vary',
  'dangerouslyAllow',
]);

/**
 * The options of a policy on top of those it extends, option by option. Lists are arrays from here on, however they were
 * written. What is of a wrong type has been reported, and counts as empty.
 */
export function mergeOptions(
  base: CorsPolicyOptions,
  source: Record<string, unknown>,
): CorsPolicyOptions {
  const merged = Object.assign(Object.create(null) as Record<string, unknown>, base);
  for (const [key, value] of Object.entries(source)) {
    if (value !== undefined) merged[key] = LISTS.has(key) ? listOf(value) : value;
  }
  return merged;
}

function listOf(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return toList(value);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
