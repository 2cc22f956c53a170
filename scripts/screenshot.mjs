// Takes the picture in the README: npm run build && npx nest build sample && node scripts/screenshot.mjs
import { chromium } from 'playwright-core';
import { startPlayground } from '../dist/sample/playground/playground.js';

const playground = await startPlayground(4000);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1360, height: 720 } });
await page.goto(playground.places.index);
const [, ...sites] = page.frames();
for (const site of sites) await site.waitForSelector('body[data-done]');
await sites[1].click('tr:nth-child(4) td.cell');
await sites[1].waitForFunction(() =>
  document.querySelector('pre').textContent.includes('exchange'),
);
await page.screenshot({ path: 'docs/playground.png' });
await browser.close();
await playground.close();
