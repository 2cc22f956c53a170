import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { CorsModuleOptions, CorsReportOnlyEvent } from 'nestjs-cors';
import { fc } from '../../support/fast-check.js';
import { CollectedLog } from '../../support/log.js';
import { createAdapter, MATRIX, type Setup } from '../../support/platforms.js';
import { type RawRequest, type RawResponse, send } from '../../support/raw.js';
import { SEED } from '../../support/seed.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import {
  controllersFor,
  inForce,
  outcomeOf,
  type Pair,
  pairs,
  REQUESTS,
  tried,
  untried,
} from './support/trials.js';

const MOST_KINDS = 20;

function start(setup: Setup, cors: CorsModuleOptions, log?: CollectedLog): Promise<RunningApp> {
  const controllers = controllersFor(Object.keys(cors.policies ?? {}).filter(isServed).length);
  return startApp(createAdapter(setup.platform), { controllers, cors }, setup.strategy, log);
}

const isServed = (name: string): boolean => /^p\d+$/.test(name);

/** An answer but for the moment at which it was given. */
function bytesOf({ status, reason, headers, body }: RawResponse): string {
  const lines = headers.filter(([name]) => name.toLowerCase() !== 'date');
  return [status, reason, ...lines.map((line) => line.join(': ')), body].join('\n');
}

function worded({ outcome, credentials }: { outcome: string; credentials: boolean }): string {
  return outcome === 'allowed' && credentials ? 'allowed with credentials' : outcome;
}

/** Once of each: policy, place, both outcomes, reason, origin. */
function kindOf({ where, outcome, origin, credentials, reportOnly }: CorsReportOnlyEvent): string {
  return JSON.stringify([where, outcome, credentials, origin, reportOnly]);
}

describe.each(MATRIX)('reportOnly on $title', (setup) => {
  const reports: CorsReportOnlyEvent[] = [];
  const collect = (message: unknown): void => void reports.push(message as CorsReportOnlyEvent);

  /** Each request twice, one after the other, with what was reported about it. */
  const ask = async (
    { port }: RunningApp,
    requests: readonly RawRequest[],
  ): Promise<readonly { answer: RawResponse; reported: readonly CorsReportOnlyEvent[] }[]> => {
    const seen = [];
    for (const request of [...requests, ...requests]) {
      reports.length = 0;
      const answer = await send(port, request);
      seen.push({ answer, reported: [...reports] });
    }
    return seen;
  };

  const compare = async (
    given: readonly Pair[],
    requests: readonly RawRequest[],
  ): Promise<void> => {
    const without = await start(setup, untried(given));
    const after = await start(setup, inForce(given));
    const log = new CollectedLog(); // the last to start: the others are made silent
    const beside = await start(setup, tried(given), log);
    subscribe('nestjs-cors:report-only', collect);
    try {
      const [plain, would] = [await ask(without, requests), await ask(after, requests)];
      expect([...plain, ...would].flatMap(({ reported }) => reported)).toEqual([]);
      log.take();
      const seen = await ask(beside, requests);
      expect(seen.map(({ answer }) => bytesOf(answer))).toEqual(
        plain.map(({ answer }) => bytesOf(answer)),
      );
      const kinds = new Set<string>();
      for (const [index, { answer, reported }] of seen.entries()) {
        const asked = requests[index % requests.length] as RawRequest;
        const [is, other] = [answer, would[index]?.answer as RawResponse].map((one) => outcomeOf(asked, one)); // prettier-ignore
        const told = reported.map((one) => [worded(one), worded(one.reportOnly)]);
        expect([asked, told]).toEqual([asked, is === other ? [] : [[is, other]]]);
        for (const one of reported) kinds.add(kindOf(one));
      }
      const lines = log.take().filter((line) => line.startsWith('Report only: '));
      expect(lines).toHaveLength(Math.min(kinds.size, MOST_KINDS));
    } finally {
      unsubscribe('nestjs-cors:report-only', collect);
      await Promise.all([without, beside, after].map((app) => app.close()));
      log.silence();
    }
  };

  it(`changes no byte of any answer, and every difference is reported, once of each kind in the log (CORS_SEED=${SEED})`, async () => {
    const applications = fc.array(pairs(setup.strategy), { minLength: 6, maxLength: 6 });
    const asked = fc.array(REQUESTS, { minLength: 8, maxLength: 8 });
    const property = fc.asyncProperty(applications, asked, async (given, makers) => {
      const requests = given.flatMap((_, index) => makers.map((make) => make(`/p${index}`)));
      await compare(given, requests);
    });
    await expect(fc.assert(property, { numRuns: 4, endOnFailure: true })).resolves.toBeUndefined();
  }, 60_000);
});
