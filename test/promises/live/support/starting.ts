import type { PlatformName } from '../../../support/platforms.js';
import { startLive, type LiveApp } from './live-app.js';
import type { MemorySource } from './memory-source.js';

/** Times of an application whose source is watched while it does not answer. */
const SOON = { pollEvery: 500, deadline: 300, startTimeout: 600 };

export type Start = (source: MemorySource, more?: object, description?: object) => Promise<LiveApp>;

/** The way to start applications of a platform; the last one is closed after each test. */
export function starting(platform: PlatformName): Start {
  let app: LiveApp | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  return async (source, more = {}, description = {}) => {
    app = undefined;
    app = await startLive(platform, { source, ...SOON, ...more }, description);
    return app;
  };
}
