import type { CorsListChange } from '../config/live/live-options.js';

/** The lists of every live policy, as a publisher writes them. */
export type CorsLiveLists = Readonly<
  Record<string, { readonly origin: false | readonly string[] } & Readonly<Record<string, unknown>>>
>;

/** Writes states of live policies, each under a revision of its own. */
export interface CorsPublisher {
  /**
   * Writes the whole state.
   *
   * @param options `expected`: the revision that the store has to have, 0 for none; without it the last writer wins whole
   * @returns the revision
   * @throws CorsConflictError where the store has another revision, or NATS other writers that were faster, twenty times in a row
   */
  publish(policies: CorsLiveLists, options?: { readonly expected?: number }): Promise<number>;
  /**
   * Changes lists, and writes what changed beside the whole state, so that readers need not read it whole.
   *
   * @returns the revision
   * @throws CorsConflictError where other writers were faster, twenty times in a row
   */
  patch(changes: Readonly<Record<string, CorsListChange>>): Promise<number>;
}

/** A state is what a writer gives it, and a revision in front. */
export const BEFORE_REVISION = '{"format":1,"revision":';

/** The rest of a state, behind its revision. */
export function afterRevision(policies: CorsLiveLists): string {
  return `,"policies":${JSON.stringify(policies)}}`;
}
