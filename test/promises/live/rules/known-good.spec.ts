import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLATFORMS } from '../../../support/platforms.js';
import { A, B } from '../support/live-app.js';
import { down, MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cors-live-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  // Rule 17
  it('start from the last known good file where nobody answers, and from no broken one', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    const first = await start(new MemorySource(state(3, [A, 'https://*.b.example'])), {
      lastKnownGood,
    });
    await first.close();
    expect((await stat(lastKnownGood)).mode & 0o777).toBe(0o600);
    const second = await start(new MemorySource(down), { lastKnownGood });
    expect(second.live.status()).toMatchObject({ state: 'stale', from: 'file', revision: 3 });
    expect([
      await second.allowed(A),
      await second.allowed('https://x.b.example'),
      await second.allowed(B),
    ]).toEqual([true, true, false]);
    await second.close();
    const text = await readFile(lastKnownGood, 'utf8');
    await writeFile(lastKnownGood, text.replace(A, B));
    await expect(start(new MemorySource(down), { lastKnownGood })).rejects.toMatchObject({
      name: 'CorsSourceError',
    });
  });

  it('prefer a source that answers to the file', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    await (await start(new MemorySource(state(3, [A])), { lastKnownGood })).close();
    const { live } = await start(new MemorySource(state(2, [B])), { lastKnownGood });
    expect(live.status()).toMatchObject({ state: 'current', from: 'source', revision: 2 });
  });
});
