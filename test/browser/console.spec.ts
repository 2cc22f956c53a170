import type { INestApplication } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { CorsInspector, CorsModule } from 'nestjs-cors';
import type { Browser, Page } from 'playwright-core';
import { until } from '../support/until.js';
import { describeInChromium, launchChromium } from './support/chromium.js';
import { CONSOLE_ROWS, controllersOf, type Init, PAGE } from './support/console-rows.js';
import { createNest, listen, PLATFORMS, type Platform } from './support/nest-app.js';
import { PageServer } from './support/page-server.js';

const DOCUMENT = readFileSync('docs/troubleshooting.md', 'utf8');

/** By heading, the text below it. */
const SECTIONS = new Map(
  DOCUMENT.split(/^### /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...text] = section.split('\n');
      return [heading.replaceAll('\\', ''), text.join(' ')] as const;
    }),
);

/** A heading as an expression: `…` stands for anything. */
function expressionOf(heading: string): RegExp {
  const parts = heading.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`has been blocked by CORS policy: ${parts.join('.*')}`);
}

function create(platform: Platform, side: 'before' | 'after'): Promise<INestApplication> {
  const cors = CorsModule.forRoot({ debug: side === 'before' });
  return createNest(platform, { imports: [cors], controllers: controllersOf(side) });
}

describeInChromium('messages of the console', (executablePath) => {
  describe.each(PLATFORMS)('on %s', (platform) => {
    const pages = new PageServer();
    let applications: readonly INestApplication[] = [];
    let chromium: Browser;
    let page: Page;
    const messages: string[] = [];

    beforeAll(async () => {
      applications = [await create(platform, 'before'), await create(platform, 'after')];
      const [before, after] = await Promise.all(applications.map(listen));
      const rules = `MAP before.test 127.0.0.1:${before}, MAP after.test 127.0.0.1:${after}`;
      chromium = await launchChromium(
        executablePath,
        `${rules}, MAP * 127.0.0.1:${await pages.listen()}`,
      );
      page = await chromium.newPage();
      page.on('console', (message) => messages.push(message.text()));
      await page.goto(PAGE);
    }, 60_000);

    afterAll(async () => {
      await chromium.close();
      await Promise.all(applications.map((app) => app.close()));
      await pages.close();
    });

    const ask = (host: string, path: string, init: Init): Promise<string> =>
      page.evaluate(
        ([url, given]) =>
          fetch(url, given).then(
            (response) => String(response.status),
            () => 'blocked',
          ),
        [`http://${host}/${path}`, init] as const,
      );

    const said = async (): Promise<string> => {
      await until(() => messages.length > 0);
      return messages.join('\n');
    };

    it.each(CONSOLE_ROWS)('$heading', async ({ heading, path, init, advice, write }) => {
      messages.length = 0;
      expect(await ask('before.test', path, init)).toBe('blocked');
      expect(await said()).toMatch(expressionOf(heading));

      const inspector = applications[0]?.get(CorsInspector) as CorsInspector;
      const names = Object.keys(init.headers ?? {}).map((name) => name.toLowerCase());
      const explained = await inspector.explain(init.method ?? 'GET', `/${path}`, PAGE, names);
      expect(explained.advice ?? '').toContain(advice ?? '');
      expect(explained.advice === undefined).toBe(advice === undefined);

      expect(SECTIONS.get(heading)).toContain(write);
      expect(await ask('after.test', path, init)).toBe('200');
    });
  });
});
