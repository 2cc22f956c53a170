import fastifyHelmet from '@fastify/helmet';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CorsModule } from 'nestjs-cors';
import { CorsInspectorModule } from 'nestjs-cors/inspector';
import helmet from 'helmet';
import type { Server } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { contextFor, overflowOf, READERS, tabTo, violationsOn } from './support/accessible.js';
import { describeInChromium, launchChromium } from './support/chromium.js';
import { createNest, listen, PLATFORMS, type Platform } from './support/nest-app.js';
import { InspectedController } from './support/inspected.js';

const STRANGER = 'http://stranger.example';

describeInChromium('the inspector page', (executablePath) => {
  let chromium: Browser;

  beforeAll(async () => {
    chromium = await launchChromium(executablePath, 'MAP * 127.0.0.1');
  }, 60_000);

  afterAll(() => chromium.close());

  describe.each(PLATFORMS)('on %s under helmet', (platform) => {
    let app: INestApplication;
    let port: number;

    beforeAll(async () => {
      app = await create(platform);
      port = await listen(app);
      await fetch(`http://127.0.0.1:${port}/api/orders/7`, { headers: { origin: STRANGER } });
    }, 60_000);

    afterAll(() => {
      (app.getHttpServer() as Server).closeAllConnections();
      return app.close();
    });

    describe.each(READERS)('at $title', (reader) => {
      let context: BrowserContext;
      let page: Page;
      const complaints: string[] = [];

      beforeEach(async () => {
        context = await contextFor(chromium, reader);
        page = await context.newPage();
        complaints.length = 0;
        page.on(
          'console',
          (message) => message.type() === 'error' && complaints.push(message.text()),
        );
        page.on('pageerror', (error) => complaints.push(String(error)));
        await page.goto(`http://localhost:${port}/api/cors`);
        await page.waitForSelector('body[data-ready]');
        await page.waitForSelector('#denial-list li');
      });

      afterEach(() => context.close());

      it('has everything, and nothing that axe-core objects to', async () => {
        await page.locator('#policy-list summary').first().click();
        await page.fill('input[name=origin]', STRANGER);
        await page.click('tbody tr:first-child button');
        await page.waitForSelector('.steps li.fails');
        expect(await violationsOn(page)).toEqual([]);
        expect(await overflowOf(page)).toBe(0);
        expect(complaints).toEqual([]);
        expect(await page.locator('html').getAttribute('lang')).toBe('en');
      });

      it('is read and used without a mouse', async () => {
        await tabTo(page, '#search');
        await page.keyboard.type('put orders');
        expect(await page.textContent('#count')).toMatch(/^1 of \d+ places$/);
        await tabTo(page, 'tbody tr:not([hidden]) button');
        await page.keyboard.press('Enter');
        // The origin is missing, and there is the focus.
        await page.keyboard.type(STRANGER);
        await page.keyboard.press('Enter');
        await page.waitForSelector('.steps');
        expect(await page.locator('.steps h3').allTextContents()).toEqual([
          'Another origin note',
          'The policy note',
          'Does the browser ask first? note',
          'The origin stops here',
          'The method not reached',
          'The answer stops here',
        ]);
        await tabTo(page, '#denial-list button');
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.activeElement?.id === 'answer');
        expect(await page.textContent('.steps')).toContain(
          `add '${STRANGER}' to policies.partners`,
        );
      });
    });

    it("is sent with helmet's own policy for scripts", async () => {
      const { headers } = await fetch(`http://127.0.0.1:${port}/api/cors`);
      expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    });

    it('shows a denial while it happens, and markup in it as text', async () => {
      const context = await chromium.newContext();
      const page = await context.newPage();
      await page.goto(`http://localhost:${port}/api/cors`);
      await page.waitForSelector('body[data-ready]');
      const origin = 'https://<img src=x onerror=alert(1)>.test';
      await fetch(`http://127.0.0.1:${port}/api/orders/7`, { headers: { origin } });
      const line = page.locator('#denial-list li').filter({ hasText: origin });
      await line.waitFor();
      expect(await page.locator('#denial-list img').count()).toBe(0);
      await context.close();
    });
  });
});

async function create(platform: Platform): Promise<INestApplication> {
  const app = await createNest(platform, {
    imports: [
      CorsModule.forRoot({
        default: 'app',
        policies: {
          app: {
            origin: ['https://app.example.com', 'https://beta.example.com'],
            credentials: true,
          },
          partners: { origin: ['https://*.partner.example', 'https://example.org'], maxAge: 3600 },
          public: { origin: '*', exposedHeaders: ['X-Total-Count'] },
        },
        paths: [{ path: '/files/*rest', policy: 'public' }],
      }),
      CorsInspectorModule.forRoot(),
    ],
    controllers: [InspectedController],
  });
  app.setGlobalPrefix('api');
  if (platform === 'express') app.use(helmet());
  else await (app as NestFastifyApplication).register(fastifyHelmet as never);
  return app;
}
