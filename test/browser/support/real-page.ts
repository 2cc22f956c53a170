import type { BrowserContext, Page } from 'playwright-core';
import { until } from '../../support/until.js';
import type { Observation, PlannedFetch } from './scenario.js';

/** A page in the real browser, and the reasons that its developer tools give for failures. */
export class RealPage {
  #reasons: string[] = [];
  /** Requests that a script began and that have neither finished nor failed. Preflights belong to them. */
  readonly #pending = new Set<string>();

  private constructor(readonly page: Page) {}

  static async open(context: BrowserContext, url: string): Promise<RealPage> {
    const page = new RealPage(await context.newPage());
    await page.page.goto(url);
    const session = await context.newCDPSession(page.page);
    await session.send('Network.enable');
    session.on('Network.requestWillBeSent', ({ requestId, initiator }) => {
      if (initiator.type !== 'preflight') page.#pending.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId }) => page.#pending.delete(requestId));
    session.on('Network.loadingFailed', ({ requestId, corsErrorStatus }) => {
      page.#pending.delete(requestId);
      if (corsErrorStatus !== undefined) page.#reasons.push(corsErrorStatus.corsError);
    });
    return page;
  }

  /** @param planned what is not given is as in `fetch()` */
  async fetch(planned: Pick<PlannedFetch, 'url'> & Partial<PlannedFetch>): Promise<Observation> {
    this.#reasons = [];
    this.#pending.clear();
    const observation = await this.page.evaluate(callFetch, { ...DEFAULTS, ...planned });
    if (observation.allowed) return observation;
    const reason = await this.#reason();
    return reason === undefined ? observation : { ...observation, reason };
  }

  /** Why a load failed that no script waits for, such as a beacon's: as soon as one has. */
  async failure(): Promise<string | undefined> {
    await until(() => this.#reasons.length > 0);
    return this.#reasons.at(-1);
  }

  /**
   * Why the last fetch failed. The developer tools may tell of its end after the script's exception, but they have told
   * of its begin: a script that failed without a request waits for nothing.
   */
  async #reason(): Promise<string | undefined> {
    await until(() => this.#pending.size === 0);
    return this.#reasons.at(-1);
  }
}

const DEFAULTS: Omit<PlannedFetch, 'url'> = {
  method: 'GET',
  headers: [],
  mode: 'cors',
  credentials: 'same-origin',
  redirect: 'follow',
  cache: 'default',
  body: null,
};

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
