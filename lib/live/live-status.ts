import type { CorsConfigurationIssue } from '../config/issues/configuration-error.js';

/**
 * - `'current'`: the source answered last time.
 * - `'stale'`: it did not, and decisions are as before.
 * - `'closed'`: live policies deny everyone.
 */
export type CorsLiveState = 'current' | 'stale' | 'closed';

/** How live policies are doing. */
export interface CorsLiveStatus {
  readonly state: CorsLiveState;
  /** The revision that decides; none where nothing was ever accepted. */
  readonly revision?: number;
  /** Where that came from. */
  readonly from: 'source' | 'file';
  /** Milliseconds since the source last confirmed what is held. */
  readonly staleFor: number;
  /** States that were refused. */
  readonly rejected: number;
  /** Why the last reading failed, or what it brought was refused; gone once one succeeds. */
  readonly lastError?: string;
}

/** Events of live policies, by name. */
export interface CorsLiveEvents {
  /** Another revision decides from here on. */
  readonly changed: { readonly revision: number; readonly from: 'source' | 'file' };
  /** A state was refused, with every mistake in it; the one that is held stays. */
  readonly rejected: {
    readonly revision: number | undefined;
    readonly issues: readonly CorsConfigurationIssue[];
  };
  readonly state: { readonly state: CorsLiveState; readonly before: CorsLiveState };
}

export type CorsLiveListener<Event extends keyof CorsLiveEvents> = (
  happened: CorsLiveEvents[Event],
) => void;
