import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = process.cwd();
const MAIN = join(ROOT, 'dist/esm/cli/main.js');
/** A folder, because only one process can make it. */
const LOCK = join(ROOT, 'node_modules/.nestjs-cors-build');
/** Longer than a build takes: the process that made the lock is gone. */
const ABANDONED = 300_000;

/** Sees to it that `dist` is what `lib` gives. Specs run beside each other, so that one builds and the others wait for it. */
export function ensureBuilt(): void {
  lock();
  try {
    if (isStale()) execFileSync(process.execPath, ['scripts/build.mjs']);
  } finally {
    rmdirSync(LOCK);
  }
}

function lock(): void {
  for (;;) {
    try {
      mkdirSync(LOCK);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      waitOrTakeOver();
    }
  }
}

function waitOrTakeOver(): void {
  const made = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - made > ABANDONED) rmdirSync(LOCK);
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

/** The build is older than what it is made from. */
function isStale(): boolean {
  if (!existsSync(MAIN)) return true;
  const built = statSync(MAIN).mtimeMs;
  const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' });
  return sources.some((file) => statSync(join(ROOT, 'lib', file)).mtimeMs > built);
}
