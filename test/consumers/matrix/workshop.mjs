// Throw-away applications in a temporary folder: written, installed by a plain package manager, run.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, '../../..');
const MINUTES = 60_000;

export const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-consumers-'));

/** The tarball that `npm publish` would upload. The build has to be there. */
export function pack() {
  const options = { cwd: ROOT, encoding: 'utf8' };
  const args = ['pack', '--silent', '--pack-destination', folder];
  return join(folder, execFileSync('npm', args, options).trim().split('\n').at(-1));
}

/** The environment without what the caller's own npm left in it. Certificates are the machine's: Yarn asks for no others. */
function environment(extra) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|NODE_(?!EXTRA_CA_CERTS)|INIT_CWD)/i.test(name),
  );
  return { ...Object.fromEntries(own), NO_COLOR: '1', CI: 'true', ...extra };
}

/** @returns {{ ok: boolean, output: string }} */
export function run(cwd, command, args, env = {}) {
  const options = { cwd, env: environment(env), encoding: 'utf8', timeout: 10 * MINUTES };
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}` };
}

/** Files by their path below the folder; objects become JSON. */
export function writeFiles(below, files) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(below, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
    );
  }
}

/** The sources of the application; a CommonJS one names its files without an ending, as Nest's starters do. */
export function sourcesOf({ isEsm, isStock, neighbours = 'neighbours.ts', sources = [] }) {
  const read = (name) => {
    const text = readFileSync(join(HERE, 'application', name), 'utf8');
    return isEsm ? text : text.replaceAll(/(from '\.\/[^']+)\.js'/g, "$1'");
  };
  const kind = isStock ? 'stock' : 'app';
  // Further tests are tests of this package.
  const further = sources.filter((name) => !(isStock && name.endsWith('.test.ts')));
  const named = (name) => `src/${basename(name).replace('.test.ts', '.spec.ts')}`;
  return {
    'src/app.module.ts': read(`${kind}.module.ts`),
    'src/app.spec.ts': read(`${kind}.test.ts`),
    'src/check.ts': read('check.ts'),
    'src/main.ts': read('main.ts'),
    'src/neighbours.ts': read(neighbours),
    ...Object.fromEntries(further.map((name) => [named(name), read(name)])),
  };
}

export function copyTo(from, to) {
  cpSync(from, to, { recursive: true });
}

/** Interpreters of other versions, from the registry: their path by major version. */
export function installNodes(majors) {
  const own = Number(process.versions.node.split('.')[0]);
  const others = majors.filter((major) => major !== own);
  const below = join(folder, 'interpreters');
  writeFiles(below, { 'package.json': { private: true } });
  const binary = `node-${process.platform}-${process.arch}`;
  const wanted = others.map((major) => `n${major}@npm:${binary}@${major}`);
  if (wanted.length > 0) run(below, 'npm', ['i', '--no-audit', '--no-fund', ...wanted]);
  const path = (major) => join(below, `node_modules/n${major}/bin/node`);
  return majors.map((major) => ({ major, path: major === own ? process.execPath : path(major) }));
}
