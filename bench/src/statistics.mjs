export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Mulberry32: the same numbers give the same intervals. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The half of the rounds that took all variants together the least time, as the machine was doing the least else: none of
 * the variants is favoured.
 */
export function calmest(rounds) {
  const total = (taken) => Object.values(taken).reduce((sum, time) => sum + time, 0);
  const byTotal = rounds.toSorted((left, right) => total(left) - total(right));
  return byTotal.slice(0, Math.ceil(rounds.length / 2));
}

const RESAMPLES = 2000;

/**
 * A statistic of rounds with its 95 % interval, by bootstrap. Rounds of one session share their processes, so sessions are
 * drawn first, then rounds within them.
 *
 * @param sessions lists of rounds
 * @param statistic from a list of rounds to a number
 */
export function interval(sessions, statistic) {
  const random = generator(7);
  const pick = (items) => items[Math.floor(random() * items.length)];
  const drawn = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const rounds = [];
    for (let index = 0; index < sessions.length; index++) {
      const session = pick(sessions);
      for (let round = 0; round < session.length; round++) rounds.push(pick(session));
    }
    drawn.push(statistic(rounds));
  }
  drawn.sort((left, right) => left - right);
  const at = (share) => drawn[Math.round(share * (RESAMPLES - 1))];
  return { value: statistic(sessions.flat()), low: at(0.025), high: at(0.975) };
}
