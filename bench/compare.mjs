// The same Nest application without CORS, with enableCors() and with this package, side by side.
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { VARIANTS } from './src/application.mjs';
import { Child } from './src/child.mjs';
import { describeRow, HEAD, isMeasurable, isPreflight } from './src/comparison.mjs';
import { Loopback } from './src/loopback.mjs';
import { onOtherNodes } from './src/other-nodes.mjs';
import { ROWS, serialise } from './src/requests.mjs';
import { calmest } from './src/statistics.mjs';
import { requireBuild } from './src/subject.mjs';
import { formatTable } from './src/table.mjs';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    node: { type: 'string' },
    sessions: { type: 'string' },
    rounds: { type: 'string' },
    platform: { type: 'string', multiple: true, default: ['express', 'fastify'] },
    mode: { type: 'string', multiple: true, default: ['in process', 'loopback'] },
  },
});
const SESSIONS = Number(given.sessions ?? (given.quick ? 2 : 5));
const ROUNDS = Number(given.rounds ?? (given.quick ? 8 : 30));
/** Requests in one measurement, and measurements in a round; a round is long enough for garbage to be collected. */
const REQUESTS = { 'in process': 100, loopback: 80 };
const SLICES = 10;
/** Measurements thrown away: the optimising compiler is at work for a few thousand requests. */
const WARM_UP = given.quick ? 40 : 80;
const WORKER = fileURLToPath(new URL('src/worker.mjs', import.meta.url));

/** A server without a framework answers nothing but preflights. */
const SUBJECTS = [...VARIANTS, 'bare'];
const answers = (variant, row) => variant !== 'bare' || isPreflight(row);

/** One measurement: CPU microseconds of the server's process for some requests. */
async function measure({ child, load }, row) {
  if (load === undefined) return child.ask({ ask: 'run', row, count: REQUESTS['in process'] });
  const before = await child.ask({ ask: 'cpu' });
  await load.run(serialise(ROWS[row]), REQUESTS.loopback);
  return (await child.ask({ ask: 'cpu' })) - before;
}

/** Every variant gets its turn many times over, so that whatever else the machine does falls on all of them. */
async function measureRound(mode, servers, row, slices = SLICES) {
  const asked = servers.filter(({ variant }) => answers(variant, row));
  const taken = Object.fromEntries(asked.map(({ variant }) => [variant, 0]));
  const open = mode === 'loopback' ? ({ child }) => Loopback.open(child.ready) : () => undefined;
  const subjects = await Promise.all(
    asked.map(async (server) => ({ ...server, load: await open(server) })),
  );
  for (let slice = 0; slice < slices; slice++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const subject = subjects[(turn + slice) % subjects.length];
      taken[subject.variant] += await measure(subject, row);
    }
  }
  for (const { load } of subjects) load?.close();
  return taken;
}

/** A fast wrong answer is no result. */
async function verify({ variant, child }) {
  for (const row of Object.keys(ROWS).filter((each) => answers(variant, each))) {
    const status = await child.ask({ ask: 'status', row });
    const ok = isPreflight(row) ? variant === 'none' || [204, 403].includes(status) : status < 300;
    if (!ok) throw new Error(`${variant} answers ${row} with ${status}`);
  }
}

/** Fresh processes, warmed up, then rounds in which every variant gets its turn, in changing order. */
async function session(platform, results, wanted = () => true) {
  const servers = await Promise.all(
    SUBJECTS.map(async (variant) => {
      const child = await Child.start(WORKER, [platform, variant]);
      return { variant, child };
    }),
  );
  for (const server of servers) await verify(server);
  for (const mode of given.mode) {
    for (const row of Object.keys(ROWS)) await measureRound(mode, servers, row, WARM_UP);
    for (const row of Object.keys(ROWS)) {
      const key = [platform, mode, row].join('|');
      if (!wanted(key)) continue;
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++)
        rounds.push(await measureRound(mode, servers, row));
      results.set(key, [...(results.get(key) ?? []), calmest(rounds)]);
    }
  }
  for (const { child } of servers) child.stop();
}

/** Rows that do not say anything yet get as many sessions again. */
async function takeAgain(results) {
  const unclear = [...results].filter(([key, sessions]) => !isMeasurable(requestOf(key), sessions));
  const keys = new Set(unclear.map(([key]) => key));
  for (const platform of new Set([...keys].map((key) => key.split('|')[0]))) {
    for (let index = 0; index < SESSIONS; index++)
      await session(platform, results, (key) => keys.has(key));
  }
}

requireBuild();
onOtherNodes(given.node);
const results = new Map();
for (let index = 0; index < SESSIONS; index++) {
  for (const platform of given.platform) await session(platform, results);
}
await takeAgain(results);
const rows = [...results].sort(([left], [right]) => order(left) - order(right));
console.log(
  formatTable(
    HEAD,
    rows.map(([key, sessions]) => describeRow(...key.split('|'), sessions)),
  ),
);
console.log(`
CPU time of the server, medians of the calmer half of ${SESSIONS} × ${ROUNDS} paired rounds, with 95 % intervals. Added cost is relative to the application
without CORS (its OPTIONS requests end as 404). "… ÷ enableCors": for actual requests the added cost, less is better; for
preflights the throughput, more is better; "bare" is a Node server that does nothing but answer preflights, and "hook ÷ bare" the share
of its throughput. Floors are those of actual requests to enableCors(), and those of preflights to bare.`);

function requestOf(key) {
  return key.split('|')[2];
}

function order(key) {
  const [platform, mode, row] = key.split('|');
  return (
    given.mode.indexOf(mode) * 100 +
    given.platform.indexOf(platform) * 10 +
    Object.keys(ROWS).indexOf(row)
  );
}
