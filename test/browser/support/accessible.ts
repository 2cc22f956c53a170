import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const AXE = readFileSync(
  createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** A reader: how wide the window is, and which colours are preferred. */
export interface Reader {
  readonly title: string;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

export const READERS: readonly Reader[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({
    title: `${width} px, ${scheme}`,
    width,
    scheme,
  })),
);

export function contextFor(chromium: Browser, { width, scheme }: Reader): Promise<BrowserContext> {
  return chromium.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
}

/** Complaints of axe-core about a page: a rule, and where it is broken. Runs beyond the page's own policy for scripts. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
    );
  });
}

/** As much of axe-core as is used. */
interface Axe {
  run(): Promise<{
    violations: readonly {
      id: string;
      nodes: readonly { html: string; failureSummary: string }[];
    }[];
  }>;
}

/** How far the page is wider than the window: 0 where nothing has to be scrolled sideways. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Presses Tab until the element has the focus; fails where the keyboard does not lead there. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 200; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}
