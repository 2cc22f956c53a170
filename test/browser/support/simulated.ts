import { browser, type Browser, type FetchInit, type Page } from 'nestjs-cors/testing';
import type { Server } from 'node:http';
import { PAGES } from './generate.js';
import type { Observation, PlannedFetch } from './scenario.js';

/** The same pages in the simulator. */
export class SimulatedPages {
  readonly #browser: Browser;
  readonly #pages: ReadonlyMap<string, Page>;

  constructor(server: Server) {
    this.#browser = browser(server, { profile: 'chromium' });
    this.#pages = new Map(
      Object.keys(PAGES).map((origin) => [origin, this.#browser.page(origin)] as const),
    );
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async fetch(origin: string, planned: PlannedFetch): Promise<Observation> {
    const { url, body, ...init } = planned;
    const result = await (this.#pages.get(origin) as Page).fetch(url, {
      ...init,
      body: body === null ? null : makeBody(body),
    });
    if (!result.allowed) return { allowed: false, reason: result.reason };
    const { status, type, redirected, headers } = result;
    const text = await result.text();
    const visible = [...headers.entries()];
    return { allowed: true, status, type, url: result.url, redirected, headers: visible, text };
  }
}

function makeBody({ kind, value }: NonNullable<PlannedFetch['body']>): FetchInit['body'] & {} {
  if (kind === 'form') return new URLSearchParams(value);
  return kind === 'bytes' ? new TextEncoder().encode(value) : value;
}
