import { SAFELISTED_METHODS } from '../../protocol/methods.js';
import type { EdgeValue, Grant } from './edge-headers.js';
import type { EdgePolicy } from './edge-policy.js';

/** A kind of request, and how far it is let in. */
export type Phase = 'actual' | 'preflight';

export const GRANTS: readonly Grant[] = ['none', 'read', 'full'];
export const PHASES: readonly Phase[] = ['actual', 'preflight'];

/** Headers that somebody decides about, in order. */
export function headerNamesOf(policies: readonly EdgePolicy[]): readonly string[] {
  return [...new Set(policies.flatMap(({ headers }) => headers.map(({ name }) => name)))];
}

/** Headers that every policy owns, whether or not it has a value for them. */
export function isCorsHeader(name: string): boolean {
  return /^access-control-/i.test(name);
}

/** The value of a header in a case; `undefined`: removed. */
export function valueIn(
  policy: EdgePolicy,
  name: string,
  phase: Phase,
  grant: Grant,
): EdgeValue | undefined {
  return policy.headers.find((header) => header.name === name)?.[phase][grant];
}

/** The policy decides about the header. */
export function owns(policy: EdgePolicy, name: string): boolean {
  return policy.headers.some((header) => header.name === name);
}

/** Some policy decides about the header on responses of the upstream, whose own is removed. */
export function isReplaced(policies: readonly EdgePolicy[], name: string): boolean {
  return policies.some(({ headers }) =>
    headers.some((header) => header.name === name && header.actual.none?.kind !== 'upstream'),
  );
}

/** The methods among these that pass the method step of a preflight (Fetch step 7.5). */
export function passingMethods(
  { methods }: EdgePolicy,
  known: readonly string[],
): readonly string[] {
  return known.filter(
    (method) => SAFELISTED_METHODS.has(method) || methods === null || methods.includes(method),
  );
}

/** The upstream's exposed headers stay beside the policy's own. */
export function keepsExposed({ headers }: EdgePolicy): boolean {
  return headers.some(({ actual }) => actual.full?.kind === 'exposed');
}

/** Some policy turns denied origins away. */
export function someReject(policies: readonly EdgePolicy[]): boolean {
  return policies.some(({ rejects }) => rejects);
}

/** The statuses that an engine answers itself: those of preflights that pass, and 403. */
export function statusesOf(policies: readonly EdgePolicy[]): readonly number[] {
  return [...new Set([403, ...policies.map(({ status }) => status)])];
}
