import { type LiveOrigins, isLiveOrigins } from '../live/live-origins.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { fingerprint } from './policy-fingerprint.js';
import { mergeOptions } from './merge-options.js';
import type { CorsPolicyOptions } from './policy-options.js';
import type { PolicyOrigins } from './policy-origins.js';
import type { ResolvedPolicy } from './judge-policy.js';

/** A policy as it stands in the code, on top of what it extends. */
export interface WrittenPolicy {
  readonly source: Record<string, unknown>;
  readonly base: ResolvedPolicy | undefined;
  readonly where: string;
  readonly label: string;
  /** Its origins as start-up read them. */
  readonly read: PolicyOrigins;
  /** Options that a live source gives. */
  readonly listed?: readonly string[];
}

/**
 * All that the code says about a policy whose origins come from the source, of itself or by `extends`: what start-up compiled
 * it from, kept to compile it again. The same object in every snapshot.
 */
export interface LiveShape {
  /** The policy in `policies` that the source has the list of. */
  readonly name: string;
  readonly written: WrittenPolicy;
  /** The id in every snapshot: two policies answer alike, or do not, whatever the source says. */
  readonly id: string;
  /** Options that a policy between this one and the live one sets itself: no source changes them. */
  readonly fixed: readonly string[];
}

/** The shape of a policy that is live, of itself or through what it extends. */
export function liveShapeOf(written: WrittenPolicy): LiveShape | undefined {
  const { source, base, label } = written;
  const inherited = source['origin'] === undefined ? base?.live : undefined;
  if (inherited === undefined && !isLiveOrigins(source['origin'])) return undefined;
  const name = inherited?.name ?? label;
  const own = inherited === undefined ? [] : Object.keys(source).filter((key) => key !== 'extends');
  const fixed = [...new Set([...(inherited?.fixed ?? []), ...own])].sort();
  const options = mergeOptions(base?.options ?? {}, source);
  const text = fingerprint({ ...options, origin: undefined } as unknown as CorsPolicyOptions);
  return { name, written, id: `live ${JSON.stringify(name)} ${fixed.join()}\n${text}`, fixed };
}

/** The place of a policy that says `fromSource()`. */
export interface LivePlace {
  /** The policy has a name. */
  readonly named: boolean;
  /** There is a source. */
  readonly sourced: boolean;
}

/** Reports {@link LiveOrigins} where they cannot hold. */
export function checkLiveOrigins(
  value: LiveOrigins,
  where: string,
  { named, sourced }: LivePlace,
  issues: IssueCollector,
): void {
  if (!named) {
    const message =
      'only a policy with a name can be live, because the source knows it by that name; move it to `policies`, and refer to it here';
    issues.add('invalid-origin-type', where, message, value);
  } else if (!sourced) {
    const message =
      'nothing gives it origins, so it would deny everyone; name the source beside `policies`, `live: { source }`';
    issues.add('missing-origin', where, message, value);
  }
}

/** Chromium remembers a preflight for longer only if it is told to; Safari never does. */
const REMEMBERED_ANYWAY = 600;

/**
 * Warns of preflights that outlive a revocation: until a browser forgets its preflight, a site that was revoked may still send,
 * and cannot read. `denied: 'reject'` stops what it sends.
 */
export function warnOfRemembered(
  { maxAge = 0, denied }: CorsPolicyOptions,
  where: string,
  issues: IssueCollector,
): void {
  if (maxAge <= REMEMBERED_ANYWAY || denied === 'reject') return;
  const message = `browsers may remember a preflight for ${maxAge} seconds, and so long a revoked site may still send requests, though not read the answers; lower \`maxAge\` to ${REMEMBERED_ANYWAY} or less, or turn denied origins away with \`denied: 'reject'\``;
  issues.add('revocation-outlived', `${where}.maxAge`, message, maxAge);
}
