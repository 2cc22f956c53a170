import { show } from '../protocol/show-value.js';
import type { CorsDelta, CorsReading, CorsSnapshot } from '../config/live/live-options.js';
import { Refusal } from './refusal.js';

/** A state as it came, known to be of the right form on the outside. */
export type Envelope =
  | { readonly kind: 'snapshot'; readonly snapshot: CorsSnapshot }
  | { readonly kind: 'delta'; readonly delta: CorsDelta };

/**
 * Looks at the outside of what a source answered.
 *
 * @throws Refusal
 */
export function envelopeOf(reading: Exclude<CorsReading, 'unchanged' | null>): Envelope {
  const given: unknown = reading;
  if (!isRecord(given)) throw refuse(`${show(given)} is no state`);
  const { revision, format, policies, changes, since } = given;
  if (!isRevision(revision))
    throw refuse(`\`revision\` is ${show(revision)}; it is a positive safe integer`);
  if (format !== 1)
    throw refuse(`\`format\` is ${show(format)}, and this version reads 1`, revision);
  if (isRecord(policies) && changes === undefined)
    return { kind: 'snapshot', snapshot: given as unknown as CorsSnapshot };
  if (isRecord(changes) && isRevision(since) && policies === undefined)
    return { kind: 'delta', delta: given as unknown as CorsDelta };
  throw refuse('it has neither `policies` nor `changes` with `since`', revision);
}

/** Tells an object with keys from everything else. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRevision(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function refuse(what: string, revision?: number): Refusal {
  const message = `${what}; write { "format": 1, "revision": …, "policies": { … } }, as the publishers do`;
  return Refusal.of('invalid-snapshot', 'live', message, revision);
}
