import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ask } from '../../support/ask-process.js';
import { ensureBuilt } from '../../support/built.js';

/** Room for everything that is allocated, so that nothing is collected meanwhile and all of it counts. */
const ROOMY = ['--max-semi-space-size=512', '--min-semi-space-size=512'];
/** The engine counts new objects a page of 256 KiB at a time: 262 bytes a request. */
const COUNT = 1000;
const ROWS = ['GET with Origin', 'GET without Origin'] as const;
const VARIANTS = ['none', 'enableCors', 'hook', 'idle interceptor', 'interceptor'] as const;

type Row = (typeof ROWS)[number];
type Bytes = Record<(typeof VARIANTS)[number], Record<Row, number>>;

/** Bytes on the heap for a request: the middle of three, since the first may still compile or one be collected in. */
async function measure(child: ChildProcess, row: Row): Promise<number> {
  const bytes: number[] = [];
  for (let time = 0; time < 3; time++) {
    const warmUp = time === 0 ? COUNT : 0;
    const asked = { ask: 'allocated', row, count: COUNT, warmUp };
    bytes.push((await ask<{ result: number }>(child, asked)).result);
  }
  return bytes.sort((one, other) => one - other)[1] as number;
}

/** Each application in a process of its own, as the bench starts it. */
async function measureAll(platform: string): Promise<Bytes> {
  const env = { ...process.env, BENCH_DIST: join(process.cwd(), 'dist/tsc') };
  const bytes: Partial<Bytes> = {};
  for (const variant of VARIANTS) {
    const child = fork('bench/src/worker.mjs', [platform, variant], { execArgv: ROOMY, env });
    await once(child, 'message');
    const [withOrigin, without] = ROWS;
    bytes[variant] = {
      [withOrigin]: await measure(child, withOrigin),
      [without]: await measure(child, without),
    };
    child.disconnect();
  }
  return bytes as Bytes;
}

describe.each(['express', 'fastify'])('what a request allocates on %s is counted', (platform) => {
  let bytes: Bytes;

  beforeAll(async () => {
    ensureBuilt();
    bytes = await measureAll(platform);
  }, 300_000);

  it.each([
    ['GET with Origin', 1],
    ['GET without Origin', 0.7],
  ] as const)('%s: at most %d times as much as enableCors() adds', (row, share) => {
    const added = (variant: 'enableCors' | 'hook'): number => bytes[variant][row] - bytes.none[row];
    expect(added('enableCors')).toBeGreaterThan(0);
    expect(added('hook') / added('enableCors')).toBeLessThan(share);
  });

  it.each(ROWS)('%s: hardly more with the interceptor than with one that does nothing', (row) => {
    const { interceptor, 'idle interceptor': idle } = bytes;
    expect(interceptor[row] / idle[row]).toBeGreaterThan(1);
    expect(interceptor[row] / idle[row]).toBeLessThan(1.15);
  });
});
