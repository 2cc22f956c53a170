import { PLATFORMS } from '../../../support/platforms.js';
import { A } from '../support/live-app.js';
import { expectRefusal, pages, type RefusedRow } from '../support/refused.js';
import { starting } from '../support/starting.js';

/** States that are refused whole. Of rule 20. */
const REFUSED: readonly RefusedRow[] = [
  ['more than a million', { tenants: { origin: pages([A]), count: 1_000_001 } }, 'list-too-long live.tenants.origin'],
]; // prettier-ignore

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  it.each(REFUSED)('refuse %s, and stay as they were', async (_, policies, refused) => {
    await expectRefusal(start, policies, refused);
  });
});
