import type { INestApplication } from '@nestjs/common';
import type { BrowserContext } from 'playwright-core';
import { until } from '../../support/until.js';
import type { Platform } from './nest-app.js';
import { RealPage } from './real-page.js';
import type { Observation, PlannedFetch } from './scenario.js';
import type { Received, WireRecorder } from './wire-recorder.js';

/** An application under test, as stages know it. */
export interface Host {
  readonly app: INestApplication;
  readonly wire: WireRecorder;
  /** `Controller.method` of every handler that ran. */
  readonly ran: string[];
}

/** What a row plays on: fresh pages, and the application on one platform. */
export class Stage {
  readonly api: string;
  /** Another origin of the same application, and the same site. */
  readonly cdn: string;

  constructor(
    readonly context: BrowserContext,
    readonly platform: Platform,
    private readonly host: Host,
  ) {
    this.api = `http://api.${platform}.shop.test`;
    this.cdn = `http://cdn.${platform}.shop.test`;
    this.received();
    this.ran();
  }

  page(url: string): Promise<RealPage> {
    return RealPage.open(this.context, url);
  }

  /** Fetches a path of the API, and says briefly what came of it. */
  async fetch(page: RealPage, path: string, init: Partial<PlannedFetch> = {}): Promise<string> {
    return brief(await page.fetch({ url: this.api + path, ...init }));
  }

  /** What came in since the last call. */
  received(): Received[] {
    return this.host.wire.take();
  }

  /** The same, as `OPTIONS /list 204`. */
  lines(): string[] {
    return this.received().map(({ method, url, status }) => `${method} ${url} ${status}`);
  }

  /** The handlers that ran since the last call. */
  ran(): string[] {
    return this.host.ran.splice(0);
  }

  /** For what no script can wait for: until that many requests have come in. */
  async untilReceived(count: number): Promise<void> {
    await until(() => this.host.wire.length >= count);
  }

  async untilRan(count: number): Promise<void> {
    await until(() => this.host.ran.length >= count);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** `200 cors`, or `blocked: MissingAllowOriginHeader`. */
export function brief({ allowed, status, type, reason }: Observation): string {
  return allowed ? `${status} ${type}` : `blocked: ${reason}`;
}
