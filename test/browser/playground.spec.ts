import type { INestApplication } from '@nestjs/common';
import { browser, type FetchInit, type Page } from 'nestjs-cors/testing';
import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { CALLS, type Call } from '../../sample/playground/calls.js';
import type { Site } from '../../sample/playground/places.js';
import { type Playground, startPlayground } from '../../sample/playground/playground.js';
import { describeInChromium, launchChromium } from './support/chromium.js';
import { closedPorts } from '../support/ports.js';
import { PLATFORMS } from './support/nest-app.js';

const DENIED = 'blocked: not its origin';
const NOBODY = 'blocked: nobody may';

/** What the cells say on the pages of the dashboard, a partner and a stranger. */
const GRID: readonly (readonly [title: string, ...cells: string[]])[] = [
  ['read the public catalogue', '200 readable', '200 readable', '200 readable'],
  ['read orders', DENIED, '200 readable', DENIED],
  ['change an order', DENIED, '200 readable', DENIED],
  ['delete an order (@NoCors)', NOBODY, NOBODY, NOBODY],
  ['an order that is no number: 400', DENIED, '400 readable', DENIED],
  ['malformed JSON: 400', DENIED, '400 readable', DENIED],
  ['orders without signing in: 401', DENIED, '401 readable', DENIED],
  ['the dashboard, with cookies', '200 readable', DENIED, DENIED],
  ['save settings, with cookies', '200 readable', DENIED, DENIED],
  ['a page that is not there: 404', '404 readable', DENIED, DENIED],
  ['the admin (@NoCors)', NOBODY, NOBODY, NOBODY],
];

describeInChromium('playground', (executablePath) => {
  let chromium: Browser;

  beforeAll(async () => {
    chromium = await launchChromium(executablePath, 'MAP * 127.0.0.1');
  }, 60_000);

  afterAll(() => chromium.close());

  describe.each(PLATFORMS)('on %s', (platform) => {
    let playground: Playground;
    let seen: string[][];

    beforeAll(async () => {
      playground = await startPlayground(await closedPorts(5), platform === 'fastify');
      seen = await Promise.all(playground.places.sites.map((site) => readGrid(chromium, site)));
    }, 60_000);

    afterAll(async () => {
      (playground.app.getHttpServer() as Server).closeAllConnections();
      await playground.close();
    });

    it('shows in Chromium what is to be seen', () => {
      const rows = CALLS.map(({ title }, row) => [title, ...seen.map((column) => column[row])]);
      expect(rows).toEqual(GRID);
    });

    it('shows what the simulator predicts for the same pages', async () => {
      const { app, places } = playground;
      const predicted = places.sites.map((site) => predict(app, places.api, site));
      expect(await Promise.all(predicted)).toEqual(seen.map((column) => column.map(verdict)));
    });
  });
});

/** The text of the cells, once the page has tried everything. */
async function readGrid(chromium: Browser, { origin }: Site): Promise<string[]> {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForSelector('body[data-done]');
  const cells = await page.locator('td.cell').allTextContents();
  await context.close();
  return cells;
}

/** `200 readable`, or `blocked`: the simulator's reasons are the browser's, the page's are the server's. */
function verdict(cell: string): string {
  return cell.replace(/:.*/, '');
}

async function predict(app: INestApplication, api: string, site: Site): Promise<string[]> {
  const web = browser(app, { apiOrigin: api });
  const page = web.page(site.origin);
  await page.fetch('/session', { method: 'POST', credentials: 'include' });
  const verdicts: string[] = [];
  for (const call of CALLS) verdicts.push(await tryCall(page, call));
  await web.close();
  return verdicts;
}

async function tryCall(page: Page, { title: _title, path, ...call }: Call): Promise<string> {
  const init: FetchInit = call;
  const result = await page.fetch(path, init);
  return result.allowed ? `${result.status} readable` : 'blocked';
}
