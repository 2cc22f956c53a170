import type { INestApplication } from '@nestjs/common';
import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium } from './support/chromium.js';
import { PAGES } from './support/generate.js';
import { listen, PLATFORMS, type Platform } from './support/nest-app.js';
import { PageServer } from './support/page-server.js';
import { createPoliciesApplication } from './support/policies.application.js';
import { randomFetches, randomPolicies, randomPolicy } from './support/policies.generate.js';
import { Random } from './support/random.js';
import { RealPage } from './support/real-page.js';
import { SimulatedPages } from './support/simulated.js';
import { type FetchingPages, play, type Trace } from './support/traces.js';
import { WireRecorder } from './support/wire-recorder.js';
import { SEED as seed } from '../support/seed.js';

const runs = Number(process.env['CORS_RUNS'] ?? 120);

describeInChromium('policies: simulator and Chromium', (executablePath) => {
  let app: INestApplication | undefined;
  let pages: PageServer;
  let chromium: Browser | undefined;

  beforeEach(() => {
    pages = new PageServer();
  });

  afterEach(async () => {
    await chromium?.close();
    (app?.getHttpServer() as Server | undefined)?.closeAllConnections();
    await app?.close();
    await pages.close();
  });

  it.each(PLATFORMS)(
    'agree about random policies on %s',
    async (platform) => {
      const random = new Random(seed);
      const policies = Array.from({ length: 20 + Math.floor(runs / 20) }, () =>
        randomPolicies(random),
      );
      app = await createPoliciesApplication(platform, policies, randomPolicy(random));
      const wire = new WireRecorder(app.getHttpServer() as Server);
      const port = await listen(app);
      const rules = `MAP api.${platform}.* 127.0.0.1:${port}, MAP * 127.0.0.1:${await pages.listen()}`;
      chromium = await launchChromium(executablePath, rules);
      const real = await openPages(chromium);
      const simulated = new SimulatedPages(app.getHttpServer() as Server);
      const traces = { fetches: 0, blocked: 0, disagreements: [] as string[] };
      for (let index = 0; traces.fetches < runs; index++) {
        const id = index.toString(36);
        const [page, fetches] = randomFetches(random, platform, policies.length, id);
        const expected = await play(page, fetches, real, wire);
        const actual = await play(page, fetches, simulated, wire);
        count(expected, actual, traces);
      }
      await simulated.close();
      report(platform, chromium.version(), traces);
      expect(traces.disagreements.slice(0, 5).join('\n\n')).toBe('');
    },
    60_000 + runs * 200,
  );
});

async function openPages(chromium: Browser): Promise<FetchingPages> {
  const context = await chromium.newContext();
  const pages = new Map<string, RealPage>();
  for (const [origin, url] of Object.entries(PAGES)) {
    pages.set(origin, await RealPage.open(context, url));
  }
  return { fetch: (origin, planned) => (pages.get(origin) as RealPage).fetch(planned) };
}

interface Counts {
  fetches: number;
  blocked: number;
  readonly disagreements: string[];
}

function count(expected: readonly Trace[], actual: readonly Trace[], counts: Counts): void {
  counts.fetches += expected.length;
  counts.blocked += expected.filter(({ allowed }) => !allowed).length;
  const index = expected.findIndex(({ text }, at) => text !== actual[at]?.text);
  if (index < 0) return;
  const earlier = expected.slice(0, index + 1).map(({ asked }) => asked);
  const traces = [`chromium:  ${expected[index]?.text}`, `simulator: ${actual[index]?.text}`];
  counts.disagreements.push([...earlier, ...traces].join('\n'));
}

function report(platform: Platform, version: string, { fetches, blocked, ...rest }: Counts): void {
  process.stdout.write(
    `policies on ${platform}: CORS_SEED=${seed} CORS_RUNS=${runs}, Chromium ${version}: ${fetches} fetches, ` +
      `${blocked} blocked, ${rest.disagreements.length} disagreements\n`,
  );
}
