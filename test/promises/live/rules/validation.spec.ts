import { fromSource } from 'nestjs-cors';
import { CollectedLog } from '../../../support/log.js';
import { PLATFORMS } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A, B, CODE } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';
import { expectRefusal, pages, type RefusedRow } from '../support/refused.js';
import { starting } from '../support/starting.js';

/** States that are refused whole. Of rule 9. */
const REFUSED: readonly RefusedRow[] = [
  ['an empty list', { tenants: { origin: [] } }, 'missing-origin live.tenants.origin'],
  ['everyone', { tenants: { origin: '*' } }, 'invalid-origin-type live.tenants.origin'],
  ['null', { tenants: { origin: [A, 'null'] } }, 'null-origin live.tenants.origin[1]'],
  ['one bad origin among many', { tenants: { origin: [...Array.from({ length: 400 }, (_, index) => `https://t${index}.example`), 'https://x.example/'] } }, 'invalid-origin live.tenants.origin[400]'],
  ['fewer pages than announced', { tenants: { origin: pages([A]), count: 2 } }, 'invalid-snapshot live.tenants.origin'],
]; // prettier-ignore

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  it.each(REFUSED)('refuse %s, and stay as they were', async (_, policies, refused) => {
    await expectRefusal(start, policies, refused);
  });

  it('refuse a change that leaves a list empty', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, allowed } = await start(source);
    source.say({ format: 1, revision: 2, since: 1, changes: { tenants: { remove: [A] } } });
    await until(() => live.status().rejected === 1);
    expect(await allowed(A)).toBe(true);
  });

  // Rule 9: policies that extend a live one are judged with the list as well.
  it('are judged in every policy that extends them', async () => {
    const tenants = { credentials: false };
    const policies = {
      tenants: { origin: fromSource(), ...tenants },
      trusting: { extends: 'tenants', credentials: true },
    };
    const source = new MemorySource(state(1, [A]));
    const { live } = await start(
      source,
      {},
      { options: { policies: { app: { origin: CODE }, ...policies } } },
    );
    const places: string[] = [];
    live.on('rejected', ({ issues }) => places.push(...issues.map(({ where }) => where)));
    source.say(state(2, ['http://plain.example']));
    await until(() => live.status().rejected === 1);
    expect(places).toEqual(['policies.trusting.extends']);
  });

  // Rule 10
  it('log a refusal once for each code and revision', async () => {
    const source = new MemorySource(state(5, [A]));
    const { live } = await start(source);
    const log = new CollectedLog();
    source.answer = () => state(4, [B]);
    for (let poll = 0; poll < 3; poll += 1) await live.reconcile();
    const lines = log.take().filter((line) => line.includes('revision-went-back'));
    log.silence();
    expect([lines.length, live.status().rejected]).toEqual([1, 1]);
  });
});
