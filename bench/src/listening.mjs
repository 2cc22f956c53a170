import { subscribe } from 'node:diagnostics_channel';
import { load } from './subject.mjs';

let events = 0;

/** Who is told of decisions. Nothing is printed in any of them. */
const WAYS = {
  /** As if there were no events. */
  'compiled out': async () => {
    const { DecisionEvents } = await load('app/events/decision-events.js');
    DecisionEvents.prototype.decided = () => {};
  },
  nobody: () => {},
  'a subscriber': () =>
    subscribe('nestjs-cors:decision', () => {
      events += 1;
    }),
};
export const LISTENING = Object.keys(WAYS);

/** Before the application is made. */
export async function listen(way) {
  await WAYS[way]();
}

/** How many events were told, to be sure that the right thing is measured. */
export function told() {
  return events;
}
