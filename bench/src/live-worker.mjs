// A live policy with a million origins in a process of its own: what taking it, asking it and changing it cost.
import { Controller, Get } from '@nestjs/common';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longestBlock } from './longest-block.mjs';
import { bootWith } from './routes.mjs';
import { load } from './subject.mjs';

const { count } = JSON.parse(process.argv[2]);
const LOOK_UPS = 200_000;
const CHANGED = 1000;

const origin = (index) => `https://tenant-${index}.shop.example.com`;
const { fromSource, CorsLive, CorsPolicy } = await load();
const { parseState } = await load('live/parse-state.js');
const { Decisions } = await load('app/decisions.js');
const { ApplicationPolicies } = await load('app/application-policies.js');
const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-bench-'));

class OrdersController {
  list() {}
}
Get()(
  OrdersController.prototype,
  'list',
  Object.getOwnPropertyDescriptor(OrdersController.prototype, 'list'),
);
CorsPolicy('tenants')(OrdersController);
Controller('orders')(OrdersController);

/** A state as a store has it, as bytes. */
function stateOf(revision, origins) {
  const state = { format: 1, revision, policies: { tenants: { origin: origins } } };
  return Buffer.from(JSON.stringify(state));
}

let answer = await parseState(stateOf(1, [origin(0)]));
const source = {
  name: 'memory',
  read: async () => (typeof answer === 'function' ? answer() : answer),
};
const app = await bootWith('express', [OrdersController], {
  policies: { tenants: { origin: fromSource(), credentials: true, maxAge: 60 } },
  live: { source, pollEvery: 60_000, deadline: 50_000, lastKnownGood: join(folder, 'cors.json') },
});
const live = app.get(CorsLive);

/** Sees to it that what was read is in force. */
async function take(revision, read) {
  answer = read;
  await live.reconcile();
  answer = 'unchanged';
  const { revision: held, lastError } = live.status();
  if (held !== revision) throw new Error(`revision ${held} is held, not ${revision}: ${lastError}`);
}

const whole = stateOf(
  2,
  Array.from({ length: count }, (_, index) => origin(index)),
);
const again = stateOf(
  3,
  Array.from({ length: count }, (_, index) => origin(index + 1)),
);
settled(); // so that what made the states is not collected while they are taken
const idle = await longestBlock(() => new Promise((resolve) => setTimeout(resolve, 1500)));
const before = settled();
const taking = await longestBlock(() => take(2, () => parseState(whole)));
const memory = settled() - before;

settled();
const swapping = await longestBlock(() => take(3, () => parseState(again)));

const { named } = app.get(ApplicationPolicies, { strict: false });
const matcher = app.get(Decisions, { strict: false }).current(named.get('tenants')).origins;
const lookUp = median(Array.from({ length: 15 }, cpuOfLookUps));

const deltas = [];
for (let revision = 4; revision < 11; revision += 1) deltas.push(await cpuOfDelta(revision));

rmSync(folder, { recursive: true });
process.send({
  result: {
    idle,
    taking,
    swapping,
    memory,
    lookUp,
    delta: median(deltas),
    held: matcher.exact.size,
  },
});
process.on('disconnect', () => process.exit());

/** CPU microseconds of one look-up, of origins all over the list and of others. */
function cpuOfLookUps() {
  const asked = Array.from({ length: LOOK_UPS }, (_, index) =>
    index % 4 === 0 ? `https://evil-${index}.example.net` : origin(1 + ((index * 7919) % count)),
  ).map((text) => Buffer.from(text).toString('latin1'));
  const started = process.cpuUsage();
  let allowed = 0;
  for (const one of asked) if (matcher.allows(one)) allowed += 1;
  const { user, system } = process.cpuUsage(started);
  if (allowed !== LOOK_UPS * 0.75) throw new Error(`${allowed} are allowed`);
  return (user + system) / LOOK_UPS;
}

/** CPU milliseconds from the answer until it is in force. */
async function cpuOfDelta(revision) {
  const names = (kind) => Array.from({ length: CHANGED / 2 }, (_, index) => kind(index));
  const change = {
    add: names((index) => `https://new-${revision}-${index}.example.com`),
    remove: names((index) => origin(1 + index + revision * CHANGED)),
  };
  const delta = { format: 1, revision, since: revision - 1, changes: { tenants: change } };
  const started = process.cpuUsage();
  await take(revision, delta);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** Bytes on the heap and beside it. */
function settled() {
  for (let round = 0; round < 6; round++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
