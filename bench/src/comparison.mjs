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
  'bare ÷ enableCors',
];

export function isPreflight(request) {
  return request.startsWith('preflight');
}

/** Issue 6: the most that the hook may add, as a share of what enableCors() adds; how much faster preflights must be. */
const MOST_ADDED = { express: 0.5, fastify: 0.7 };
const LEAST_THROUGHPUT = 1.3;

const added = (variant) => (rounds) =>
  median(rounds.map((taken) => taken[variant] / taken.none - 1));
const addedRatio = (variant) => (rounds) =>
  difference(variant, rounds) / difference('enableCors', rounds);
const throughput = (variant) => (rounds) =>
  median(rounds.map((taken) => taken.enableCors / taken[variant]));

function difference(variant, rounds) {
  return median(rounds.map((taken) => taken[variant] - taken.none));
}

/** Whether the comparison says something: of a preflight always, else where enableCors() adds more than nothing. */
export function isMeasurable(request, sessions) {
  return isPreflight(request) || interval(sessions, added('enableCors')).low > 0;
}

/** One line of the table. */
export function describeRow(platform, where, request, sessions) {
  const stock = interval(sessions, added('enableCors'));
  const compare = isPreflight(request) ? comparePreflights : compareActual;
  const [hook, floor] = compare(sessions, 'hook', stock, platform);
  const [interceptor] = compare(sessions, 'interceptor', stock, platform);
  return [
    where,
    platform,
    request,
    percent(stock),
    percent(interval(sessions, added('hook'))),
    percent(interval(sessions, added('interceptor'))),
    hook,
    floor,
    interceptor,
    isPreflight(request) ? ratio(interval(sessions, throughput('bare')), ' ×') : '–',
  ];
}

function compareActual(sessions, variant, stock, platform) {
  if (stock.low <= 0) return ['not measurable', '–'];
  const compared = interval(sessions, addedRatio(variant));
  const most = MOST_ADDED[platform];
  return [ratio(compared), verdict(compared.high <= most, compared.low > most, `≤ ${most}`)];
}

function comparePreflights(sessions, variant) {
  const compared = interval(sessions, throughput(variant));
  return [
    ratio(compared, ' ×'),
    verdict(
      compared.low >= LEAST_THROUGHPUT,
      compared.high < LEAST_THROUGHPUT,
      `≥ ${LEAST_THROUGHPUT} ×`,
    ),
  ];
}

/** Neither where the interval lies on both sides of the floor. */
function verdict(holds, missed, floor) {
  if (holds) return `${floor} holds`;
  return `${floor} ${missed ? 'MISSED' : 'not decided'}`;
}
