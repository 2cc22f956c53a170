import { checkCombinations } from './check-combinations.js';
import { compilePolicy } from './compile-policy.js';
import { mergeOptions, type MergedOptions } from './merge-options.js';
import { optionPlaces } from './option-places.js';
import type { LiveShape, WrittenPolicy } from './live-shape.js';
import { checkOrigins, type Surroundings } from '../origins/check-origins.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { checkCovered } from '../origins/check-credentials.js';
import { credentialsPlace, type PolicyOrigins } from './policy-origins.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';

/** A policy as it was written, merged with what it extends, beside its compiled form. */
export interface ResolvedPolicy extends PolicyOrigins {
  readonly options: MergedOptions;
  readonly compiled: CompiledPolicy;
  /** Where its origins come from a live source. */
  readonly live?: LiveShape | undefined;
  /** The policy that is tried beside it. */
  readonly trial?: ResolvedPolicy | undefined;
}

/** Options of a policy that change how risky its origins are. */
const OF_CONSEQUENCE = ['origin', 'credentials', 'dangerouslyAllow'];

/**
 * Merges a policy with what it extends, judges the whole and compiles it: the one way, at start-up and for whatever a live
 * source brings later.
 *
 * @param found how many mistakes were known before the policy was read; `undefined` is returned where it has some of its own
 */
export function judgePolicy(
  written: WrittenPolicy,
  surroundings: Surroundings,
  issues: IssueCollector,
  found: number,
  live?: LiveShape,
): ResolvedPolicy | undefined {
  const { source, base, where, label, read } = written;
  const options = mergeOptions(base?.options ?? {}, source);
  checkCombinations(options, read.origins, where, issues);
  if (OF_CONSEQUENCE.some((key) => source[key] !== undefined)) {
    checkOrigins(options, read, surroundings, issues);
  }
  if (issues.errors.length > found) return undefined;
  // Of a live list nobody knows what will be on it, and a listed origin that it denies is denied.
  if (live === undefined)
    checkCovered(options, read.origins, credentialsPlace(source, where), issues);
  if (issues.errors.length > found) return undefined;
  const names = { label: labelOf(label, source), places: optionPlaces(written) };
  const compiled = compilePolicy(options, read, names, live);
  return { options, ...read, compiled, live };
}

function labelOf(place: string, { extends: base }: Record<string, unknown>): string {
  return base === undefined || base === 'self' ? place : `${place} (extends ${String(base)})`;
}
