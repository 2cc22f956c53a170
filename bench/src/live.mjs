import { fileURLToPath } from 'node:url';
import { Child } from './child.mjs';

const MILLION = 1_000_000;

/** A live policy of a million origins: blocks, memory, look-ups, a change. */
export async function measureLive() {
  const script = fileURLToPath(new URL('live-worker.mjs', import.meta.url));
  const child = await Child.start(script, [JSON.stringify({ count: MILLION })], ['--expose-gc']);
  const { idle, taking, swapping, memory, lookUp, delta, held } = child.ready;
  child.stop();
  if (held !== MILLION) throw new Error(`${held} origins are held`);
  const block = 'longest block, less that of an idle process';
  return [
    row(`taking the list: ${block}`, taking - idle, 'ms', 10),
    row(`another list in its place: ${block}`, swapping - idle, 'ms', 10),
    row('memory of the list, its strings included', memory / 1e6, 'MB', 80),
    row('CPU of a look-up', lookUp, 'µs', 1),
    row('CPU of a change of 1,000', delta, 'ms', 10),
  ];
}

function row(what, amount, unit, most) {
  const verdict = amount <= most ? 'holds' : 'MISSED';
  return [
    'live policy',
    what,
    String(MILLION),
    `${amount.toFixed(2)} ${unit}`,
    `≤ ${most} ${verdict}`,
  ];
}
