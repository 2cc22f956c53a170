import type { CorsPolicyOptions } from './policy-options.js';
import { toList } from '../../protocol/token.js';

const LISTS: ReadonlySet<string> = new Set([
  'methods',
  'allowedHeaders',
  'exposedHeaders',
  'vary',
  'dangerouslyAllow',
]);

/** Options in which lists are arrays, however they were written. */
export interface MergedOptions extends CorsPolicyOptions {
  readonly methods?: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
}

/**
 * The options of a policy on top of those it extends, option by option. A list of a wrong type has been reported, and counts
 * as empty.
 */
export function mergeOptions(base: MergedOptions, source: Record<string, unknown>): MergedOptions {
  const merged = Object.assign(Object.create(null) as Record<string, unknown>, base);
  for (const [key, value] of Object.entries(source)) {
    if (value !== undefined) merged[key] = LISTS.has(key) ? listIn(value) : value;
  }
  return merged;
}

/** The elements of a list, however it was written; none of what is no list. */
export function listIn(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return toList(value);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
