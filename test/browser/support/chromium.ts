import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { PAGES } from './generate.js';
import type { Observation, PlannedFetch } from './scenario.js';

/** Where the browser is: `CHROMIUM_PATH`, or Debian's place for it. */
export function findChromium(): string | undefined {
  const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** Real pages in a real browser, whose every host name leads to one port of this machine. */
export class ChromiumPages {
  readonly #pages = new Map<string, Page>();
  #reasons: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async launch(executablePath: string, port: number): Promise<ChromiumPages> {
    const browser = await chromium.launch({
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
        `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
      ],
    });
    const pages = new ChromiumPages(browser);
    await pages.#open();
    return pages;
  }

  version(): string {
    return this.browser.version();
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async fetch(origin: string, planned: PlannedFetch): Promise<Observation> {
    this.#reasons = [];
    const page = this.#pages.get(origin) as Page;
    const observation = await page.evaluate(callFetch, planned);
    if (observation.allowed) return observation;
    const reason = await this.#reason();
    return reason === undefined ? observation : { ...observation, reason };
  }

  /** The developer tools' event may come after the script's exception. */
  async #reason(): Promise<string | undefined> {
    for (let wait = 0; this.#reasons.length === 0 && wait < 20; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return this.#reasons.at(-1);
  }

  async #open(): Promise<void> {
    const context = await this.browser.newContext();
    for (const [origin, url] of Object.entries(PAGES)) {
      const page = await context.newPage();
      await page.goto(url);
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      session.on('Network.loadingFailed', ({ corsErrorStatus }) => {
        if (corsErrorStatus !== undefined) this.#reasons.push(corsErrorStatus.corsError);
      });
      this.#pages.set(origin, page);
    }
  }
}

/** Runs in the page; must not refer to anything outside itself. */
async function callFetch(planned: PlannedFetch): Promise<Observation> {
  const { url, body, headers, ...init } = planned;
  const bodies = {
    text: (value: string): BodyInit => value,
    form: (value: string): BodyInit => new URLSearchParams(value),
    bytes: (value: string): BodyInit => new TextEncoder().encode(value),
  };
  try {
    const response = await fetch(url, {
      ...init,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body: body === null ? null : bodies[body.kind](body.value),
    });
    return {
      allowed: true,
      status: response.status,
      type: response.type,
      url: response.url,
      redirected: response.redirected,
      headers: [...response.headers],
      text: await response.text(),
    };
  } catch {
    return { allowed: false };
  }
}
