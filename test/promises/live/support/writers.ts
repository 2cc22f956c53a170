import { CorsConflictError } from 'nestjs-cors/redis';
import { A } from './live-app.js';
import { lists, type Stage } from './stage.js';

export const ANOTHER = 'https://another.tenant.example';
export const THIRD = 'https://third.tenant.example';

/** One of two that expect the same revision is told so, and what the other one wrote holds. */
export async function twoThatExpect({ store, status }: Stage): Promise<void> {
  const expected = status.revision as number;
  const written = await Promise.allSettled(
    [ANOTHER, THIRD].map((origin) => store.publish(lists(A, origin), { expected })),
  );
  const failed = written.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(failed).toEqual([expect.any(CorsConflictError)]);
  await holds(store, written);
}

export async function twoThatDoNot({ store }: Stage): Promise<void> {
  const written = await Promise.allSettled(
    [ANOTHER, THIRD].map((origin) => store.publish(lists(A, origin))),
  );
  expect(written.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled']);
  await holds(store, written);
}

/** The store has what the writer with the highest revision wrote, whole. */
async function holds(
  store: Stage['store'],
  written: readonly PromiseSettledResult<number>[],
): Promise<void> {
  const revisions = written.map((one) => (one.status === 'fulfilled' ? one.value : 0));
  const last = Math.max(...revisions);
  const origin = [A, [ANOTHER, THIRD][revisions.indexOf(last)]];
  const state = { format: 1, revision: last, policies: { tenants: { origin } } };
  expect(JSON.parse(await store.text())).toEqual(state);
}

export const takenOver = async ({ store, status }: Stage): Promise<boolean> =>
  (JSON.parse(await store.text()) as { revision: number }).revision === status.revision;
