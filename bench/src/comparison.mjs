import { interval, median } from './statistics.mjs';
import { percent, ratio } from './table.mjs';

export const HEAD = [
  'where',
  'platform',
  'request',
  'enableCors adds',
  'hook adds',
  'interceptor adds',
  'hook ÷ enableCors',
  'floor',
  'interceptor ÷ enableCors',
  'hook ÷ bare',
];

export function isPreflight(request) {
  return request.startsWith('preflight');
}

/** The most that the hook may add to an actual request, as a share of what enableCors() adds. */
const MOST_ADDED = { express: 0.4, fastify: 0.3 };
/** The least throughput of preflights, as a share of what the bare server reaches. */
const LEAST_OF_BARE = {
  'in process': { express: 0.8, fastify: 0.65 },
  loopback: { express: 0.9, fastify: 0.9 },
};

const added = (variant) => (rounds) =>
  median(rounds.map((taken) => taken[variant] / taken.none - 1));
const addedRatio = (variant) => (rounds) =>
  difference(variant, rounds) / difference('enableCors', rounds);
const throughput = (variant, to) => (rounds) =>
  median(rounds.map((taken) => taken[to] / taken[variant]));

function difference(variant, rounds) {
  return median(rounds.map((taken) => taken[variant] - taken.none));
}

/** The comparison says something: of a preflight always, else where enableCors() adds more than nothing. */
export function isMeasurable(request, sessions) {
  return isPreflight(request) || interval(sessions, added('enableCors')).low > 0;
}

/** One line of the table. */
export function describeRow(platform, where, request, sessions) {
  const describe = isPreflight(request) ? describePreflight : describeActual;
  const [hook, floor, interceptor, ofBare] = describe(sessions, platform, where);
  const adds = ['enableCors', 'hook', 'interceptor'].map((variant) =>
    percent(interval(sessions, added(variant))),
  );
  return [where, platform, request, ...adds, hook, floor, interceptor, ofBare];
}

function describeActual(sessions, platform) {
  if (interval(sessions, added('enableCors')).low <= 0)
    return ['not measurable', '–', 'not measurable', '–'];
  const [hook, interceptor] = ['hook', 'interceptor'].map((variant) =>
    interval(sessions, addedRatio(variant)),
  );
  const most = MOST_ADDED[platform];
  const floor = verdict(hook.high <= most, hook.low > most, `≤ ${most}`);
  return [ratio(hook), floor, ratio(interceptor), '–'];
}

function describePreflight(sessions, platform, where) {
  const [hook, interceptor] = ['hook', 'interceptor'].map((variant) =>
    interval(sessions, throughput(variant, 'enableCors')),
  );
  const ofBare = interval(sessions, throughput('hook', 'bare'));
  const least = LEAST_OF_BARE[where][platform];
  const floor = verdict(ofBare.low >= least, ofBare.high < least, `≥ ${least} of bare`);
  return [ratio(hook, ' ×'), floor, ratio(interceptor, ' ×'), ratio(ofBare)];
}

/** Neither where the interval lies on both sides of the floor. */
function verdict(holds, missed, floor) {
  if (holds) return `${floor} holds`;
  return `${floor} ${missed ? 'MISSED' : 'not decided'}`;
}
