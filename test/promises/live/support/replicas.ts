import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLive, type LiveApp } from './live-app.js';
import { Proxy } from './proxy.js';
import type { Store } from './stores.js';

/** A replica behind a network of its own, with the file of its last state. Times are the defaults. */
export class Replica {
  private constructor(
    readonly proxy: Proxy,
    private readonly store: Store,
    private readonly folder: string,
    private app: LiveApp,
  ) {}

  static async before(store: Store): Promise<Replica> {
    const proxy = await Proxy.before(() => store.port);
    const folder = await mkdtemp(join(tmpdir(), 'cors-live-'));
    return new Replica(proxy, store, folder, await start(store, proxy, folder));
  }

  get status(): ReturnType<LiveApp['live']['status']> {
    return this.app.live.status();
  }

  /** From the file, because the store is out of reach. */
  async restart(): Promise<void> {
    this.proxy.set('cut');
    await this.app.close();
    this.app = await start(this.store, this.proxy, this.folder);
  }

  allowed(origin: string): Promise<boolean> {
    return this.app.allowed(origin);
  }

  /** Those of some origins that may read, and the revision that said so: it may change between two requests. */
  async allowedOf(origins: readonly string[]): Promise<{ revision: number; allowed: string[] }> {
    for (;;) {
      const { revision = 0 } = this.status;
      const answers = await Promise.all(origins.map((origin) => this.allowed(origin)));
      if (this.status.revision !== revision) continue;
      return { revision, allowed: origins.filter((_, index) => answers[index]) };
    }
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.proxy.close();
    await rm(this.folder, { recursive: true });
  }
}

function start(store: Store, proxy: Proxy, folder: string): Promise<LiveApp> {
  const source = store.source(proxy.port);
  return startLive('fastify', {
    source,
    lastKnownGood: join(folder, 'cors.json'),
    startTimeout: 1500,
  });
}
