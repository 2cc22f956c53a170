import { PLATFORMS } from '../../../support/platforms.js';
import { A, B, slowController, until } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  // Rule 12
  it.each(['omit', 'reject'] as const)(
    'decide about a response when its head is written: %s',
    async (denied) => {
      const source = new MemorySource(state(1, [A]));
      let finish = (): void => undefined;
      let running = (): void => undefined;
      const begun = new Promise<void>((resolve) => (running = resolve));
      const { live, get } = await start(
        source,
        {},
        {
          tenants: { denied },
          controllers: [
            slowController(
              () =>
                new Promise<string>((resolve) => {
                  running();
                  finish = () => resolve('slow');
                }),
            ),
          ],
        },
      );
      const answer = get('/slow', A);
      await begun;
      source.say(state(2, [B]));
      await until(() => live.status().revision === 2);
      finish();
      const { status, headers } = await answer;
      expect(status).toBe(200);
      expect(headers.filter(([name]) => /^access-control/i.test(name))).toEqual([]);
    },
  );
});
