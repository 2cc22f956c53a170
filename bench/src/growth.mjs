import { fileURLToPath } from 'node:url';
import { Child } from './child.mjs';
import { interval, median } from './statistics.mjs';
import { ratio } from './table.mjs';

const DECISIONS = 4000;
const REQUESTS = 100;
const ROUTE_CASES = [
  'preflight, static',
  'preflight, parametrised',
  'actual, handled',
  'actual, not handled',
];
const POLICY_CASES = ['preflight, parametrised', 'actual, handled'];
const ORIGIN_CASES = ['allowed', 'denied'];

/** What grows, and what to ask at each size. */
export const SCALES = [
  ...['express', 'fastify'].map((platform) => ({
    what: `routes on ${platform}`,
    worker: 'scale-worker',
    setups: [20, 1000, 10_000].map((routes) => ({ platform, routes })),
    cases: ROUTE_CASES,
  })),
  ...['express', 'fastify'].map((platform) => ({
    what: `policies on ${platform}`,
    worker: 'scale-worker',
    setups: [1, 1000].map((policies) => ({ platform, policies })),
    cases: POLICY_CASES,
  })),
  ...['express', 'fastify'].map((platform) => ({
    what: `paths on ${platform}`,
    worker: 'scale-worker',
    setups: [1, 1000].map((entries) => ({ platform, entries })),
    cases: ['preflight, proxied'],
  })),
  {
    what: 'exact origins',
    worker: 'origins-worker',
    setups: [2, 1200, 1_000_000].map((exact) => ({ exact })),
    cases: ORIGIN_CASES,
  },
  {
    what: 'patterns',
    worker: 'origins-worker',
    setups: [1, 1000].map((patterns) => ({ patterns })),
    cases: ORIGIN_CASES,
  },
];

/** `dist`: the build to measure, where it is not the one under test. */
function start(worker, { dist, ...setup }) {
  const script = fileURLToPath(new URL(`${worker}.mjs`, import.meta.url));
  const env = dist === undefined ? {} : { BENCH_DIST: dist };
  return Child.start(script, [JSON.stringify(setup)], ['--expose-gc'], env);
}

function cost({ child, name, count = DECISIONS }) {
  return child.ask({ ask: 'run', name, count });
}

/** How much the subjects (a process and a case each) cost, relative to the first one, by rounds in which each gets its turn. */
async function compare(subjects, rounds) {
  for (const subject of subjects) for (let index = 0; index < 25; index++) await cost(subject);
  const taken = [];
  for (let round = 0; round < rounds; round++) {
    const costs = [];
    for (let turn = 0; turn < subjects.length; turn++) {
      const index = (turn + round) % subjects.length;
      costs[index] = await cost(subjects[index]);
    }
    taken.push(costs);
  }
  return subjects.map((_, index) =>
    interval([taken], (drawn) => median(drawn.map((costs) => costs[index] / costs[0]))),
  );
}

export async function measureScale({ what, worker, setups, cases, floor = 1.3 }, rounds) {
  const children = [];
  for (const setup of setups) children.push(await start(worker, setup));
  // What grows stands last.
  const sizes = setups.map((setup) => setup.label ?? Object.values(setup).at(-1));
  const rows = [];
  for (const name of cases) {
    const [, ...grown] = await compare(
      children.map((child) => ({ child, name })),
      rounds,
    );
    const shown = grown.map((one) => ratio(one)).join(' → ');
    rows.push([what, name, sizes.join(' → '), shown, verdict(grown.at(-1).value, floor)]);
  }
  for (const child of children) child.stop();
  return rows;
}

/**
 * A policy of the code, beside a live one and without any; and, where `BENCH_BEFORE` names the build of a commit before live
 * policies, without any by that build and by this one.
 */
export async function measureWithoutLive(rounds) {
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const pairs = [[{ label: 'none' }, { label: 'one beside', live: true }]];
    const dist = process.env.BENCH_BEFORE;
    if (dist !== undefined) pairs.push([{ label: 'build before', dist }, { label: 'this build' }]);
    for (const pair of pairs) {
      const setups = pair.map((setup) => ({ platform, ...setup }));
      const what = `a policy of the code, live policies on ${platform}`;
      const scale = { what, worker: 'scale-worker', setups, cases: ROUTE_CASES, floor: 1.05 };
      rows.push(...(await measureScale(scale, rounds)));
    }
  }
  return rows;
}

export async function measureHostile(rounds) {
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const child = await start('scale-worker', { platform });
    const attacks = child.ready.filter((name) => /^(?:hostile|largest)/.test(name));
    const names = ['preflight, parametrised', ...attacks];
    const [, ...compared] = await compare(
      names.map((name) => ({ child, name })),
      rounds,
    );
    for (const [index, name] of attacks.entries()) {
      const floor = name.startsWith('hostile') ? verdict(compared[index].value, 2) : '–';
      rows.push([
        `preflight on ${platform}`,
        name,
        'ordinary → this',
        ratio(compared[index]),
        floor,
      ]);
    }
    child.stop();
  }
  return rows;
}

/** Targets of many disputed segments, beside a plain one: over whole requests, and over the look-up in `paths` alone. */
export async function measureTargets(rounds) {
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    for (const entries of [10, 200, 1000]) {
      const child = await start('targets-worker', { platform, entries });
      for (const [part, count] of [
        ['request', REQUESTS],
        ['look-up', DECISIONS],
      ]) {
        const names = child.ready.filter((name) => name.startsWith(part));
        const subjects = names.map((name) => ({ child, name, count }));
        const compared = await compare(subjects, rounds);
        const [worst, name] = compared
          .map((one, index) => [one, names[index]])
          .sort(([left], [right]) => right.value - left.value)[0];
        const what = `disputed target on ${platform}, ${entries} entries`;
        rows.push([
          what,
          `the worst: ${name}`,
          'plain → this',
          ratio(worst),
          verdict(worst.value, 1.5),
        ]);
      }
      child.stop();
    }
  }
  return rows;
}

export async function measureHeap() {
  const rows = [];
  for (const [exact, floor] of [[1200], [1_000_000, 150]]) {
    const child = await start('origins-worker', { exact });
    const megabytes = (await child.ask({ ask: 'heap' })) / 1e6;
    const micros = await child.ask({ ask: 'start' });
    rows.push(
      [
        'heap',
        'an application with so many origins, their strings included',
        String(exact),
        `${megabytes.toFixed(2)} MB`,
        floor ? verdict(megabytes, floor) : '–',
      ],
      ['start-up', 'CPU for each origin', String(exact), `${micros.toFixed(1)} µs`, '–'],
    );
    child.stop();
  }
  return rows;
}

function verdict(value, most) {
  return `≤ ${most} ${value <= most ? 'holds' : 'MISSED'}`;
}
