import { CorsConflictError, type CorsLiveLists } from '../../live/adapters.js';
import type { Candidate } from '../../live/candidate.js';
import { Refusal } from '../../live/refusal.js';
import { compareStates, type PolicyChange } from './compare-states.js';
import type { Found, Judge } from './judge.js';
import type { OpenStore } from './open-store.js';

/** Lists that an application accepts, on their way into a store. */
export interface Publication {
  readonly store: OpenStore;
  readonly judge: Judge;
  readonly lists: CorsLiveLists;
  /** The lists as the application judges them. */
  readonly candidate: Candidate;
  /** The revision that the store has to have; that which it had when it was compared, where none is named. */
  readonly expected: number | undefined;
  readonly dryRun: boolean;
}

/** The difference that a publication makes, and the revision that it got. */
export interface Published {
  readonly before: Found;
  readonly changes: readonly PolicyChange[];
  /** `undefined` for a dry run. */
  readonly revision: number | undefined;
}

/**
 * Compares lists with the state of a store, and writes them. What is written is what was compared: the store has to have the
 * same revision still.
 *
 * @throws CorsConflictError
 * @throws CliError where the store does not answer
 */
export async function publishTo(publication: Publication): Promise<Published> {
  const { store, judge, lists, candidate, dryRun } = publication;
  const before = await judge.find(store.source);
  const found = before === 'nothing' ? 0 : before.revision;
  const { expected = found === 0 ? undefined : found } = publication;
  const held = before === 'nothing' || Refusal.is(before) ? undefined : before;
  const changes = compareStates(judge.names, judge.described(held), judge.described(candidate));
  if (dryRun && expected !== undefined && expected !== found)
    throw new CorsConflictError(expected, found ?? 0);
  if (dryRun) return { before, changes, revision: undefined };
  const revision = await store.publisher.publish(lists, expected === undefined ? {} : { expected });
  return { before, changes, revision };
}
