// How cost grows with routes, origins, patterns, policies and hostile input.
import { parseArgs } from 'node:util';
import { measureAllocation } from './src/allocation.mjs';
import { measureBootstrap } from './src/bootstrap.mjs';
import { measureEvents } from './src/events.mjs';
import {
  measureHeap,
  measureHostile,
  measureScale,
  measureTargets,
  measureWithoutLive,
  SCALES,
} from './src/growth.mjs';
import { measureInstructions } from './src/instructions.mjs';
import { measureLive } from './src/live.mjs';
import { onOtherNodes } from './src/other-nodes.mjs';
import { requireBuild } from './src/subject.mjs';
import { formatTable } from './src/table.mjs';

const PARTS = [
  'decisions',
  'hostile',
  'targets',
  'events',
  'heap',
  'live',
  'without-live',
  'allocation',
  'bootstrap',
];
/** Needs an emulator: only where it is asked for. */
const ON_DEMAND = { instructions: measureInstructions };
const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    node: { type: 'string' },
    only: { type: 'string', multiple: true, default: PARTS },
  },
});
const rounds = given.quick ? 15 : 60;

const MEASURES = {
  decisions: async () => {
    const rows = [];
    for (const scale of SCALES) rows.push(...(await measureScale(scale, rounds)));
    return rows;
  },
  hostile: () => measureHostile(rounds),
  targets: () => measureTargets(rounds),
  events: () => measureEvents(given.quick),
  heap: measureHeap,
  live: measureLive,
  'without-live': () => measureWithoutLive(rounds),
  allocation: measureAllocation,
  bootstrap: () => measureBootstrap(given.quick),
};

requireBuild();
onOtherNodes(given.node);
const rows = [];
for (const part of given.only) rows.push(...(await (MEASURES[part] ?? ON_DEMAND[part])()));
console.log(
  formatTable(['what', 'case', 'from → to', 'ratio to the first, or amount', 'floor'], rows),
);
console.log(`
CPU time, medians of ${rounds} paired rounds with 95 % intervals. Decisions are what the hook does with a request, without Node and
the platform around it; an actual request is decided twice, when it comes and when its response head is written. Allocation is
what the heap grew by; start-up includes the route table that the first preflight builds. Events are measured over whole requests:
what they add to an application whose events are compiled out, by rounds of several sessions.`);
