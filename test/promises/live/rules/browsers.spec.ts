import { Controller, Put } from '@nestjs/common';
import { CorsPolicy, type CorsReading } from 'nestjs-cors';
import { CollectedLog } from '../../../support/log.js';
import { PLATFORMS } from '../../../support/platforms.js';
import { send } from '../../../support/raw.js';
import { until } from '../../../support/until.js';
import { A, B, TenantsController } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

const BY_HAND = { pollEvery: 60_000, deadline: 50_000 };

/** `PUT /written`, and how often it was. */
function countingController(): { type: new () => object; written: () => number } {
  let written = 0;
  @CorsPolicy('tenants')
  @Controller('written')
  class WrittenController {
    @Put() write(): string {
      written += 1;
      return 'written';
    }
  }
  return { type: WrittenController, written: () => written };
}

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  // Rule 19: a browser that remembers its preflight sends at once.
  it.each([
    ['omit', 200, 1],
    ['reject', 403, 0],
  ] as const)(
    'deny what a revoked site sends under a remembered preflight: %s',
    async (denied, status, times) => {
      const { type, written } = countingController();
      const source = new MemorySource(state(1, [A]));
      const description = { tenants: { denied }, controllers: [type] };
      const { live, port, preflighted } = await start(source, BY_HAND, description);
      expect((await preflighted(A, '/written')).status).toBe(204);
      source.say(state(2, [B]));
      await until(() => live.status().revision === 2);
      const headers = [
        ['Origin', A],
        ['Sec-Fetch-Site', 'cross-site'],
      ] as const;
      const answer = await send(port, { method: 'PUT', path: '/written', headers });
      expect([answer.status, written()]).toEqual([status, times]);
      expect(answer.headers.filter(([name]) => /^access-control/i.test(name))).toEqual([]);
    },
  );

  // Rule 19: at start-up of the code's, and where the source changes it.
  it.each([
    ['omit', 601, 1],
    ['omit', 600, 0],
    ['reject', 601, 0],
  ] as const)(
    'warn of a state whose preflights outlive a revocation: %s, %d seconds',
    async (denied, maxAge, warnings) => {
      const log = new CollectedLog();
      const source = new MemorySource(state(1, [A]));
      const mayChange = ['origin', 'maxAge'];
      const description = { tenants: { denied }, controllers: [TenantsController], log };
      const { live } = await start(source, { ...BY_HAND, mayChange }, description);
      const said = (): number =>
        log.take().filter((line) => line.includes('revocation-outlived')).length;
      expect(said()).toBe(0);
      const aged: CorsReading = {
        format: 1,
        revision: 2,
        policies: { tenants: { origin: [A], maxAge } },
      };
      source.say(aged);
      await until(() => live.status().revision === 2);
      log.silence();
      expect(said()).toBe(warnings);
    },
  );
});
