import { setImmediate } from 'node:timers/promises';

/** Milliseconds that others wait for at most. */
const LONGEST = 4;

/** Does work step by step, and lets others have their turn in between. */
export async function inSlices(steps: Iterable<unknown>): Promise<void> {
  let since = performance.now();
  for (const _ of steps) {
    if (performance.now() - since < LONGEST) continue;
    await setImmediate();
    since = performance.now();
  }
}
