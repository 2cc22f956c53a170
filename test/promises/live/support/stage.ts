import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CorsLiveOptions } from 'nestjs-cors';
import { CollectedLog } from '../../../support/log.js';
import { until } from '../../../support/until.js';
import { A, B, startLive, type LiveApp } from './live-app.js';
import { Notices } from './notices.js';
import { Proxy } from './proxy.js';
import type { Store } from './store.js';
import { persistently } from './stores.js';

/** Lists of the one live policy. */
export const lists = (
  ...origin: string[]
): { readonly tenants: { readonly origin: string[] } } => ({
  tenants: { origin },
});

/** Outages are noticed soon, and start-up waits for whatever is only slow. */
const TIMES = { pollEvery: 500, deadline: 400, startTimeout: 20_000 };

/** One application before a store, and all that a failure needs. */
export class Stage {
  readonly events: string[] = [];
  readonly log = new CollectedLog();
  /** The last one that was started. */
  notices!: Notices;
  private running: LiveApp | undefined;

  private constructor(
    readonly store: Store,
    readonly proxy: Proxy,
    private readonly folder: string,
  ) {}

  /** The store allows A, and not B. */
  static async before(store: Store): Promise<Stage> {
    await persistently(() => store.publish(lists(A)));
    const proxy = await Proxy.before(() => store.port);
    return new Stage(store, proxy, await mkdtemp(join(tmpdir(), 'cors-live-')));
  }

  get app(): LiveApp {
    if (this.running === undefined) throw new Error('nothing was started');
    return this.running;
  }

  get status(): ReturnType<LiveApp['live']['status']> {
    return this.app.live.status();
  }

  /** Of the last good state. */
  get file(): string {
    return join(this.folder, 'cors.json');
  }

  async start(options: Partial<CorsLiveOptions> = {}): Promise<void> {
    this.notices = new Notices(this.store.source(this.proxy.port));
    const live = { ...TIMES, ...options, source: this.notices };
    this.running = await startLive('fastify', live, { log: this.log });
    this.app.live.on('rejected', ({ issues }) => {
      for (const { code } of issues) this.events.push(`rejected ${code}`);
    });
    this.app.live.on('changed', ({ revision }) => this.events.push(`changed ${revision}`));
  }

  /** An application was here, and has left its file. */
  async leaveFile(): Promise<void> {
    await this.start({ lastKnownGood: this.file });
    await this.stop();
  }

  /** Whether A may read, and B. */
  async decisions(): Promise<readonly boolean[]> {
    return [await this.app.allowed(A), await this.app.allowed(B)];
  }

  /** The store has a good state, and the application takes it. */
  async recover(): Promise<void> {
    const revision = await persistently(() => this.store.publish(lists(B)));
    await until(() => this.status.revision === revision && this.status.state === 'current');
  }

  async stop(): Promise<void> {
    await this.running?.close();
    this.running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    this.log.silence();
    await this.proxy.close();
    await rm(this.folder, { recursive: true });
  }
}
