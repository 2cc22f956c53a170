import { fileURLToPath } from 'node:url';
import { Child } from './child.mjs';
import { LISTENING } from './listening.mjs';
import { calmest, interval, median } from './statistics.mjs';
import { percent } from './table.mjs';

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));
const ROWS = ['GET with Origin', 'preflight, allowed', 'preflight, denied'];
const REQUESTS = 100;
const SLICES = 10;
const WARM_UP = 60;

/** The cost of telling of decisions: of a whole request, where nobody listens and where somebody does. */
export async function measureEvents(quick) {
  const [sessions, rounds] = quick ? [2, 6] : [4, 10];
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const taken = Object.fromEntries(ROWS.map((row) => [row, []]));
    for (let session = 0; session < sessions; session++) {
      const measured = await measureSession(platform, rounds);
      for (const row of ROWS) taken[row].push(calmest(measured[row]));
    }
    rows.push(...ROWS.map((row) => describe(platform, row, taken[row])));
  }
  return rows;
}

async function measureSession(platform, rounds) {
  const children = [];
  for (const way of LISTENING) children.push(await Child.start(WORKER, [platform, 'hook', way]));
  const measured = {};
  for (const row of ROWS) {
    await measureRound(children, row, WARM_UP);
    measured[row] = [];
    for (let round = 0; round < rounds; round++)
      measured[row].push(await measureRound(children, row, SLICES));
  }
  await check(children, ROWS.length * (WARM_UP + rounds * SLICES) * REQUESTS);
  for (const child of children) child.stop();
  return measured;
}

/** CPU microseconds of each, in the order of {@link LISTENING}; they take turns. */
async function measureRound(children, row, slices) {
  const taken = children.map(() => 0);
  for (let slice = 0; slice < slices; slice++)
    for (let turn = 0; turn < children.length; turn++) {
      const index = (turn + slice) % children.length;
      taken[index] += await children[index].ask({ ask: 'run', row, count: REQUESTS });
    }
  return taken;
}

/** The subscriber was told of every request, and nobody else of any. */
async function check(children, requests) {
  const told = await Promise.all(children.map((child) => child.ask({ ask: 'told' })));
  const expected = LISTENING.map((way) => (way === 'a subscriber' ? requests : 0));
  if (told.join() !== expected.join()) throw new Error(`${told} were told, not ${expected}`);
}

function describe(platform, row, sessions) {
  const [nobody, somebody] = [1, 2].map((way) =>
    interval(sessions, (rounds) => median(rounds.map((taken) => taken[way] / taken[0] - 1))),
  );
  return [
    `events on ${platform}`,
    row,
    LISTENING.join(' → '),
    `${percent(nobody)} → ${percent(somebody)}`,
    nobody.low <= 0 ? 'not measurable' : 'MEASURABLE where nobody listens',
  ];
}
