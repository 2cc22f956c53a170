import { PLATFORMS } from '../../support/platforms.js';
import { A, B, CODE, startLive, until, type LiveApp } from './support/live-app.js';
import { MemorySource, state } from './support/memory-source.js';

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  let app: LiveApp | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  it('take the list of the source at start, and the next one without a restart', async () => {
    const source = new MemorySource(state(1, [A]));
    app = await startLive(platform, { source });
    expect([await app.allowed(A), await app.allowed(B)]).toEqual([true, false]);

    source.say(state(2, [B]));
    await until(() => app?.live.status().revision === 2);
    expect([await app.allowed(A), await app.allowed(B)]).toEqual([false, true]);
    expect([
      await app.allowed(B, '/tenants/derived'),
      await app.allowed(CODE, '/tenants/code'),
    ]).toEqual([true, true]);
  });

  it('are polled without any notification', async () => {
    const source = new MemorySource(state(1, [A]));
    app = await startLive(platform, { source, pollEvery: 500, deadline: 400 });
    source.answer = () => state(2, [B]);
    await until(() => app?.live.status().revision === 2);
    expect([(await app.preflighted(A)).status, (await app.preflighted(B)).status]).toEqual([
      403, 204,
    ]);
  });
});
