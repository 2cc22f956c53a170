import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Playground, startPlayground } from '../../sample/playground/playground.js';
import { contextFor, overflowOf, READERS, tabTo, violationsOn } from './support/accessible.js';
import { describeInChromium, launchChromium } from './support/chromium.js';
import { closedPorts } from '../support/ports.js';

describeInChromium('the page of the playground', (executablePath) => {
  let chromium: Browser;
  let playground: Playground;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    chromium = await launchChromium(executablePath, 'MAP * 127.0.0.1');
  }, 60_000);

  afterAll(() => chromium.close());

  async function start(): Promise<void> {
    playground = await startPlayground(await closedPorts(5));
  }

  async function open(reader: (typeof READERS)[number]): Promise<void> {
    context = await contextFor(chromium, reader);
    page = await context.newPage();
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(playground.places.index);
    await page.waitForSelector('body[data-done]');
  }

  afterEach(() => context.close());

  /** The results of one call, by its title: a dashboard, a partner, a stranger, and the origin that was typed. */
  const rowOf = (title: string): Promise<string[]> =>
    page.locator('tr').filter({ hasText: title }).locator('button').allTextContents();

  const editor = (policy: string): string => `textarea[name=${policy}]`;

  describe.each(READERS)('at $title', (reader) => {
    beforeAll(start);
    beforeEach(() => open(reader));
    afterAll(() => playground.close());

    it('says why in a sentence, and axe-core objects to nothing', async () => {
      await page.locator('tr').filter({ hasText: 'read orders' }).locator('button').nth(2).click();
      await page.waitForSelector('.sentence');
      const stranger = playground.places.sites[2]?.origin;
      expect(await page.textContent('.sentence')).toBe(
        `Policy "partners" does not allow ${stranger}; add '${stranger}' to policies.partners.origin if it may read.`,
      );
      // The preflight that failed, and nothing of other calls to that path.
      expect(await page.locator('#reason pre').allTextContents()).toEqual([
        expect.stringMatching(/^> OPTIONS \/orders\n[^]*< 403$/),
      ]);
      expect(await violationsOn(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
    });

    it('is changed without a mouse', async () => {
      expect(await rowOf('change an order')).toEqual([
        'blocked: not its origin',
        '200 readable',
        'blocked: not its origin',
        'blocked: not its origin',
      ]);
      await tabTo(page, editor('partners'));
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText("{ origin: '*', allowedHeaders: ['Content-Type'] }");
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('body:not([data-done])');
      await page.waitForSelector('body[data-done]');
      expect(await rowOf('change an order')).toEqual(Array(4).fill('blocked: not this header'));
      expect(await rowOf('orders without signing in')).toEqual([
        ...Array<string>(3).fill('401 readable'),
        'would be readable',
      ]);
    });
  });

  it('says what start-up would say, and stays as it was', async () => {
    await start();
    await open({ title: 'wide', width: 1280, scheme: 'light' });
    await page.fill(editor('app'), "{ origin: '*', credentials: true }");
    await page.click('.group:last-of-type .apply');
    await page.waitForSelector('#mistakes-app p');
    expect(await page.textContent('#mistakes-app')).toContain('policies.app: browsers refuse');
    await page.fill(editor('app'), '{ origin: process.env.HOME }');
    await page.click('.apply >> nth=2');
    await page.waitForFunction(() =>
      document.querySelector('#mistakes-app')?.textContent?.includes('plain values'),
    );
    expect(await rowOf('the dashboard, with cookies')).toContain('200 readable');
    await playground.close();
  });
});
