// The package's weight, packed, and its time to load over Nest: beside @nestjs/throttler and @nestjs/terminus, each
// installed next to Nest 11 in a temporary folder, in one run. Run by `npm run weigh`. Of several runs the shortest counts: what is
// longer waited for something else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNS = 9;
const OTHERS = ['@nestjs/throttler', '@nestjs/terminus'];
const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-weigh-'));

const npm = (cwd, ...args) => execFileSync('npm', args, { cwd, encoding: 'utf8' }).trim();

/** The path of a packed package: of this one, or of one from the registry. */
function packed(cwd, ...names) {
  const file = npm(cwd, 'pack', '--silent', '--pack-destination', folder, ...names);
  return join(folder, file.split('\n').at(-1));
}

/** Milliseconds for a package in a process that has loaded Nest, and has come to rest: Nest's own garbage is not the package's. */
function loading(name, isEsm) {
  const nest = ['reflect-metadata', '@nestjs/common', '@nestjs/core'];
  const load = (id) => (isEsm ? `await import('${id}');` : `require('${id}');`);
  const clock = `const begun = performance.now(); ${load(name)} console.log(performance.now() - begun);`;
  const code = `${nest.map(load).join(' ')} setTimeout(async () => { ${clock} }, 200);`;
  const args = [`--input-type=${isEsm ? 'module' : 'commonjs'}`, '-e', code];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return Number(output.trim().split('\n').at(-1));
}

function install() {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const tarball = packed(process.cwd());
  const nest = ['common', 'core', 'platform-express', 'platform-fastify'].map(
    (name) => `@nestjs/${name}@11`,
  );
  npm(folder, 'i', '--silent', '--no-audit', '--no-fund', ...nest, ...OTHERS, tarball);
  return {
    'nestjs-cors': tarball,
    ...Object.fromEntries(OTHERS.map((name) => [name, packed(folder, name)])),
  };
}

const tarballs = install();
const shortest = new Map();
for (let run = 0; run < RUNS; run++)
  for (const name of Object.keys(tarballs))
    for (const isEsm of [false, true]) {
      const key = `${name} ${isEsm}`;
      shortest.set(key, Math.min(shortest.get(key) ?? Infinity, loading(name, isEsm)));
    }
console.table(
  Object.entries(tarballs).map(([name, file]) => ({
    package: name,
    'packed, kB': (statSync(file).size / 1000).toFixed(1),
    'require, ms': shortest.get(`${name} false`).toFixed(1),
    'import, ms': shortest.get(`${name} true`).toFixed(1),
  })),
);
rmSync(folder, { recursive: true, force: true });
