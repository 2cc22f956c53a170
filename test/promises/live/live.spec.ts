import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { PLATFORMS } from '../../support/platforms.js';
import { until } from '../../support/until.js';
import { A, B, CODE, startLive, type LiveApp } from './support/live-app.js';
import { MemorySource, state } from './support/memory-source.js';

/** Refused with credentials. */
const HTTP = 'http://intern.example';

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

  it('are tried beside with the same list, and a list is not refused for what is only tried', async () => {
    const reports: unknown[] = [];
    const collect = (message: unknown): void => void reports.push(message);
    subscribe('nestjs-cors:report-only', collect);
    try {
      const source = new MemorySource(state(1, [A]));
      const reportOnly = { extends: 'self', credentials: true, methods: ['PATCH'] } as const;
      app = await startLive(platform, { source }, { tenants: { credentials: false, reportOnly } });
      const told = {
        outcome: 'allowed',
        reportOnly: { outcome: 'denied', reason: 'method-denied' },
      };
      await app.preflighted(A);
      expect(reports.splice(0)).toMatchObject([told]);

      source.say(state(2, [B]));
      await until(() => app?.live.status().revision === 2);
      await app.preflighted(A);
      await app.preflighted(B);
      expect(reports.splice(0)).toMatchObject([{ ...told, origin: B }]);

      source.say(state(3, [B, HTTP]));
      await until(() => app?.live.status().revision === 3);
      expect(await app.allowed(HTTP)).toBe(true);
      expect(reports).toEqual([]);
    } finally {
      unsubscribe('nestjs-cors:report-only', collect);
    }
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
