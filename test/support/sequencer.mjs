import Sequencer from '@jest/test-sequencer';

/** Suites that take long by waiting or by processes of their own: their size does not tell, and one that comes last is waited for. */
const LONGEST = [
  'promises/costs/memory',
  'promises/costs/allocation',
  'browser/inspector-page',
  'browser/playground-page',
  'promises/start-up/codes',
  'browser/rows',
  'browser/cookies',
  'promises/edge/agreement',
  'promises/live/failures/',
  'promises/cli/cli',
  'promises/left-alone/moving-over',
  'promises/cli/',
].map((name) => `/test/${name}`);

const rank = ({ path }) => {
  const at = LONGEST.findIndex((name) => path.includes(name));
  return at < 0 ? LONGEST.length : at;
};

/** The longest suites first: on a clean clone nobody has timed them yet. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
