import { readFile, writeFile } from 'node:fs/promises';
import type { CorsLiveOptions } from 'nestjs-cors';
import type { Stage } from './stage.js';
import type { StoreName } from './stores.js';

/** Something that may happen to a store, to what it says, or to the file that stands in for it. */
export interface Failure {
  readonly what: string;
  /** Stores to which it cannot happen, and why. */
  readonly impossible?: Partial<Record<StoreName, string>>;
  /** Before the application starts. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  readonly options?: (stage: Stage) => Partial<CorsLiveOptions>;
  /** Start-up fails, until the failure has ended. */
  readonly preventsStart?: true;
  /** While the application runs. */
  readonly happens?: (stage: Stage) => Promise<unknown>;
  /** The state and the events while it lasts. */
  readonly seen?: (stage: Stage) => boolean | Promise<boolean>;
  /** A line of the log. */
  readonly logged?: string;
  /** Decisions while it lasts: as before, unless nobody was ever listed. */
  readonly decides?: 'as before' | 'nobody';
  readonly ends?: (stage: Stage) => Promise<unknown>;
}

export const cut = async ({ proxy }: Stage): Promise<void> => proxy.set('cut');
export const silent = async ({ proxy }: Stage): Promise<void> => proxy.set('silent');
export const slow = async ({ proxy }: Stage): Promise<void> => proxy.set('slow');
export const heal = async ({ proxy }: Stage): Promise<void> => proxy.set('none');

export const stale = ({ status }: Stage): boolean => status.state === 'stale';
export const refused =
  (code: string) =>
  ({ status, events }: Stage): boolean =>
    status.rejected > 0 && events.includes(`rejected ${code}`);

export const SOON = { startTimeout: 600 };
export const soon = (): Partial<CorsLiveOptions> => SOON;
export const withFile = ({ file }: Stage): Partial<CorsLiveOptions> => ({
  ...SOON,
  lastKnownGood: file,
});

/** As a file is after a run, changed by somebody; and then nobody answers. */
export const changedFile =
  (change: (text: string) => string) =>
  async (stage: Stage): Promise<void> => {
    await stage.leaveFile();
    await writeFile(stage.file, change(await readFile(stage.file, 'utf8')));
    await cut(stage);
  };
export const NO_FILE = 'the last known good file counts as none';

/** Polls only where they are asked for: a busy machine's slow answer is none of these failures. */
export const byHand = (): Partial<CorsLiveOptions> => ({ pollEvery: 60_000, deadline: 50_000 });
export const nothing = async ({ app, events }: Stage): Promise<boolean> => {
  await app.live.reconcile();
  expect(events.filter((event) => event.startsWith('rejected'))).toEqual([]);
  return app.live.status().state === 'current';
};
