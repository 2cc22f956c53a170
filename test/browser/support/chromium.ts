import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type LaunchOptions } from 'playwright-core';
import { PAGES } from './generate.js';
import { RealPage } from './real-page.js';
import type { Observation, PlannedFetch } from './scenario.js';

/** Debian's: the one without windows first, whose pages cost a third. */
const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Where the browser is: `CHROMIUM_PATH`, or Debian's places for it. */
export function findChromium(): string | undefined {
  const candidates = [process.env['CHROMIUM_PATH'], ...PLACES];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** `describe`, or one line and `describe.skip` where there is no browser. */
export function describeInChromium(name: string, tests: (executablePath: string) => void): void {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    process.stdout.write(`${name}: no Chromium at CHROMIUM_PATH, ${PLACES.join(', ')}: skipped\n`);
  }
  (executablePath === undefined ? describe.skip : describe)(name, () =>
    tests(executablePath ?? ''),
  );
}

/**
 * Starts a headless browser without a name server.
 *
 * @param rules Chromium's `--host-resolver-rules`, which lead host names to ports of this machine
 */
export function launchChromium(executablePath: string, rules: string): Promise<Browser> {
  return chromium.launch(launchOptions(executablePath, rules));
}

/**
 * The same with a profile that keeps cookies of other sites, as Chrome does. Debian's Chromium and private windows do not.
 *
 * @param folder an empty one, for the profile
 */
export function launchProfile(
  executablePath: string,
  rules: string,
  folder: string,
): Promise<BrowserContext> {
  mkdirSync(join(folder, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  const options = { ...launchOptions(executablePath, rules), ignoreHTTPSErrors: true };
  return chromium.launchPersistentContext(folder, options);
}

function launchOptions(executablePath: string, rules: string): LaunchOptions {
  return {
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // As Chrome has it by default, and the one without windows does not: the sites have caches of their own.
      '--enable-features=SplitCacheByNetworkIsolationKey',
      `--host-resolver-rules=${rules}`,
    ],
  };
}

/** The scripted server's pages in a real browser, whose every host name leads to one port of this machine. */
export class ChromiumPages {
  readonly #pages = new Map<string, RealPage>();

  private constructor(private readonly browser: Browser) {}

  static async launch(executablePath: string, port: number): Promise<ChromiumPages> {
    const pages = new ChromiumPages(
      await launchChromium(executablePath, `MAP * 127.0.0.1:${port}`),
    );
    const context = await pages.browser.newContext();
    for (const [origin, url] of Object.entries(PAGES)) {
      pages.#pages.set(origin, await RealPage.open(context, url));
    }
    return pages;
  }

  version(): string {
    return this.browser.version();
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  fetch(origin: string, planned: PlannedFetch): Promise<Observation> {
    return (this.#pages.get(origin) as RealPage).fetch(planned);
  }
}
