import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder with the modules under test, a file each: those that the package here is bundled from, or another build's. */
const folder = process.env.BENCH_DIST ?? installed();

function installed() {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve('nestjs-cors'))), '../tsc');
  } catch {
    return undefined;
  }
}

/** Ends the process with advice where there is nothing to measure. */
export function requireBuild() {
  if (folder !== undefined && existsSync(join(folder, 'index.js'))) return;
  console.error(
    'No build to measure: run `npm ci && npm run build` one folder up, then `npm install` here.',
  );
  process.exit(1);
}

/** A module of the package, public or not, from the build under test. */
export function load(path = 'index.js') {
  return import(pathToFileURL(join(folder, path)).href);
}
