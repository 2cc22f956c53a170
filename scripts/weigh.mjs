// The package's weight, packed, and its time to load, over Nest and with it: beside @nestjs/throttler and @nestjs/terminus, each
// installed next to Nest 11 in a temporary folder, in one run. Run by `npm run weigh`. Of fifteen fresh processes the median counts, and
// in parentheses the shortest: what is longer waited for something else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNS = 15;
const OTHERS = ['@nestjs/throttler', '@nestjs/terminus'];
const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-weigh-'));

const npm = (cwd, ...args) => execFileSync('npm', args, { cwd, encoding: 'utf8' }).trim();

/** The path of a packed package: of this one, or of one from the registry. */
function packed(cwd, ...names) {
  const file = npm(cwd, 'pack', '--silent', '--pack-destination', folder, ...names);
  return join(folder, file.split('\n').at(-1));
}

const NEST = ['reflect-metadata', '@nestjs/common', '@nestjs/core'];

/** Milliseconds to load, in a process that has loaded other packages and has come to rest: their garbage is not the package's. */
function loading(names, isEsm, before) {
  const load = (id) => (isEsm ? `await import('${id}');` : `require('${id}');`);
  const all = (ids) => ids.map(load).join(' ');
  const clock = `const begun = performance.now(); ${all(names)} console.log(performance.now() - begun);`;
  const code = `${all(before)} setTimeout(async () => { ${clock} }, 200);`;
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
const WAYS = {
  'require, ms': (name) => loading([name], false, NEST),
  'import, ms': (name) => loading([name], true, NEST),
  'require with Nest, ms': (name) => loading([...NEST, name], false, []),
  'import with Nest, ms': (name) => loading([...NEST, name], true, []),
};
const times = new Map();
for (let run = 0; run < RUNS; run++)
  for (const name of Object.keys(tarballs))
    for (const [way, measure] of Object.entries(WAYS)) {
      const key = `${name} ${way}`;
      times.set(key, [...(times.get(key) ?? []), measure(name)]);
    }

function middle(key) {
  const sorted = times.get(key).toSorted((one, other) => one - other);
  return `${sorted[sorted.length >> 1].toFixed(1)} (${sorted[0].toFixed(1)})`;
}

console.table(
  Object.entries(tarballs).map(([name, file]) => ({
    package: name,
    'packed, kB': (statSync(file).size / 1000).toFixed(1),
    ...Object.fromEntries(Object.keys(WAYS).map((way) => [way, middle(`${name} ${way}`)])),
  })),
);
rmSync(folder, { recursive: true, force: true });
