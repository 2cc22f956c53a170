// Takes the pictures of docs/pictures, which the README shows: the playground, and the inspector's page of its API. Run by
// `npm run screenshots`, which builds first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { startPlayground } from '../dist/sample/playground/playground.js';

const FOLDER = 'docs/pictures';
const WIDTHS = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** The playground, and why one of its calls is blocked. */
async function showPlayground(page, { index }) {
  await page.goto(index);
  await page.waitForSelector('body[data-done]');
  await page.locator('tr').filter({ hasText: 'read orders' }).locator('button').nth(2).click();
  await page.waitForSelector('.sentence');
}

/** The page of the API, with an answer and a denial. */
async function showInspector(page, { api, sites: [, , stranger] }) {
  await page.goto(`${api}/cors`);
  await page.waitForSelector('#denial-list li');
  await page.fill('input[name=origin]', stranger.origin);
  await page.locator('tr').filter({ hasText: 'OrdersController.update' }).locator('button').click();
  await page.waitForSelector('.steps');
}

/** As WebP, which Chromium writes and Playwright has no name for: a third of a PNG. */
async function pictureOf(page) {
  const session = await page.context().newCDPSession(page);
  const shot = { format: 'webp', quality: 80 };
  return Buffer.from((await session.send('Page.captureScreenshot', shot)).data, 'base64');
}

const SHOWN = { playground: showPlayground, inspector: showInspector };

const playground = await startPlayground(4000);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * 127.0.0.1'],
});
mkdirSync(FOLDER, { recursive: true });
for (const [name, show] of Object.entries(SHOWN))
  for (const [size, viewport] of Object.entries(WIDTHS))
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport, colorScheme });
      await show(page, playground.places);
      await page.evaluate(() => scrollTo(0, 0));
      writeFileSync(`${FOLDER}/${name}-${size}-${colorScheme}.webp`, await pictureOf(page));
      await page.close();
    }
await browser.close();
await playground.close();
