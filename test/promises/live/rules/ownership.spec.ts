import { PLATFORMS } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';
import { expectRefusal, type RefusedRow } from '../support/refused.js';
import { starting } from '../support/starting.js';

/** States that are refused whole. Of rules 1 and 2. */
const REFUSED: readonly RefusedRow[] = [
  ['a policy of the code', { tenants: { origin: [A] }, app: { origin: [A] } }, 'unknown-policy live.app'],
  ['no list', {}, 'missing-origin live.tenants'],
  ['an option of the code', { tenants: { origin: [A], credentials: false } }, 'unknown-option live.tenants'],
  ['an option that may not change', { tenants: { origin: [A], maxAge: 5 } }, 'unknown-option live.tenants'],
  ['a danger', { tenants: { origin: [A, 'http://b.example'] } }, 'insecure-origin-with-credentials live.tenants.origin[1]'],
  ['a danger that accepts itself', { tenants: { origin: [A], dangerouslyAllow: ['public-suffix-wildcard'] } }, 'unknown-option live.tenants'],
]; // prettier-ignore

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  it.each(REFUSED)('refuse %s, and stay as they were', async (_, policies, refused) => {
    await expectRefusal(start, policies, refused);
  });

  // Rule 1: widened by the code, and by nobody else.
  it('change what mayChange names', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, preflighted } = await start(source, { mayChange: ['origin', 'maxAge'] });
    source.say({ format: 1, revision: 2, policies: { tenants: { origin: [A], maxAge: 5 } } });
    await until(() => live.status().revision === 2);
    const { headers } = await preflighted(A);
    expect(headers.find(([name]) => /max-age/i.test(name))?.[1]).toBe('5');
  });
});
