import Sequencer from '@jest/test-sequencer';

/** Suites that take long by waiting or by processes of their own: their size does not tell, and one that comes last is waited for. */
const LONGEST = [
  'browser/rows',
  'promises/sockets/chromium',
  'promises/costs/memory',
  'promises/cli/',
  'promises/edge/upstreams',
  'browser/credentials-list',
  'browser/inspector-page',
  'browser/playground-page',
  'browser/cookies',
  'promises/seen/crowds',
  'promises/live/failures/',
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
