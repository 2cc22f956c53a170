// The promises themselves, on a major version of Nest. For another than the repository's own: copies the repository, installs that Nest
// with the platforms it brings, and runs the same specs against the same sources.
//   node test/consumers/conformance.mjs 10                          every promise that speaks of Nest
//   node test/consumers/conformance.mjs 12 --node /path/to/node     on the Nest of this repository, and another interpreter
//   node test/consumers/conformance.mjs 11 test/promises/policy     some of them
//   --table         the conformance table alone
//   --node <path>   another interpreter, more than once for several
//   --keep          prints the folder and keeps it; --in <folder>   runs in one that was kept
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DIFFERENCES } from './conformance/differences.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

/** Packages beside a Nest of that major, where they are not those of this repository. */
const BESIDE = {
  10: { express: '^4.21.0', '@types/express': '^4.17.21', '@fastify/http-proxy': '^9.5.0' },
  11: {},
};
/** The major version that this repository installs. */
const OWN = '12';
/** Packages that only recipes need, in versions for the Nest of this repository; several have no version of Nest's number. */
const OF_RECIPES = [
  '@apollo/server',
  '@as-integrations/express5',
  '@as-integrations/fastify',
  '@fastify/static',
  '@nestjs/apollo',
  '@nestjs/config',
  '@nestjs/graphql',
  '@nestjs/swagger',
  'graphql',
  'typedoc',
];
/** The command line and live policies ask nothing of Nest that the others do not. */
const ALL = [
  'test/promises',
  'test/first-test.spec.ts',
  '--testPathIgnorePatterns',
  'promises/(?:cli|costs|live)/',
];
/** The specs of the conformance table: rows over {Express, Fastify} × {hook, interceptor}. */
const TABLE = readdirSync(join(ROOT, 'test/promises'), { recursive: true })
  .map((name) => `test/promises/${name}`)
  .filter((name) => name.endsWith('.spec.ts'))
  .filter((name) => readFileSync(join(ROOT, name), 'utf8').includes('describeTable('));
const JEST = 'node_modules/jest/bin/jest.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: 'string', multiple: true },
    keep: { type: 'boolean' },
    table: { type: 'boolean' },
    in: { type: 'string' },
  },
});
const [major, ...specs] = positionals;
const nodes = values.node ?? [process.execPath];
if (major !== OWN && !(major in BESIDE))
  throw new Error(`name a major version of Nest: ${Object.keys(BESIDE)},${OWN}`);

function copy(below) {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split(
    '\0',
  );
  for (const file of files.filter(Boolean)) cpSync(join(ROOT, file), join(below, file));
}

/** The manifest with that Nest. Nest's own packages of one major belong together. */
function adapt(below) {
  const file = join(below, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const name of OF_RECIPES) delete manifest.devDependencies[name];
  const nest = Object.keys(manifest.devDependencies).filter((name) => name.startsWith('@nestjs/'));
  const versions = Object.fromEntries(nest.map((name) => [name, `^${major}.0.0`]));
  manifest.devDependencies = { ...manifest.devDependencies, ...versions, ...BESIDE[major] };
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
  rmSync(join(below, 'package-lock.json'));
}

/** @returns rows that failed, by their full titles; a suite that did not run counts as one, by its file */
function failuresOf({ testResults }, below) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((row) => row.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [relative(below, name)];
    return failed.map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' › '));
  });
}

function report(result, below) {
  const failures = failuresOf(result, below).map((title) => {
    const [, reason] = (DIFFERENCES[major] ?? []).find(([part]) => title.includes(part)) ?? [];
    return { title, reason };
  });
  const reasons = new Map();
  for (const { reason } of failures.filter((one) => one.reason))
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const unknown = failures.filter(({ reason }) => reason === undefined);
  console.log(
    `Nest ${major} (${versionsOf(below)}): ${result.numPassedTests} of ${result.numTotalTests} rows, ` +
      `${failures.length - unknown.length} that cannot come out alike, ${unknown.length} failing`,
  );
  for (const [reason, count] of reasons) console.log(`  ${count} × ${reason}`);
  for (const { title } of unknown) console.log(`  FAILS: ${title}`);
  return unknown.length;
}

function versionsOf(below) {
  const version = (name) =>
    JSON.parse(readFileSync(join(below, 'node_modules', name, 'package.json'), 'utf8')).version;
  return `${version('@nestjs/core')}, Fastify ${version('fastify')}`;
}

/** @returns a folder with the sources on that Nest */
function prepare() {
  if (major === OWN) return ROOT;
  const folder = mkdtempSync(join(tmpdir(), `nestjs-cors-on-nest-${major}-`));
  copy(folder);
  adapt(folder);
  const npm = ['i', '--no-audit', '--no-fund', '--legacy-peer-deps', '--silent'];
  execFileSync('npm', npm, { cwd: folder, stdio: 'inherit' });
  return folder;
}

const below = values.in ?? prepare();
const results = mkdtempSync(join(tmpdir(), 'nestjs-cors-conformance-'));
if (values.keep) console.log(below);
for (const node of nodes) {
  const output = join(results, 'result.json');
  const chosen = specs.length > 0 ? specs : values.table ? TABLE : ALL;
  spawnSync(node, [JEST, '--json', '--outputFile', output, ...chosen], {
    cwd: below,
    stdio: 'ignore',
  });
  console.log(`Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`);
  if (report(JSON.parse(readFileSync(output, 'utf8')), below) > 0) process.exitCode = 1;
}
rmSync(results, { recursive: true });
const isOurs = below !== ROOT && values.in === undefined && !values.keep;
if (isOurs) rmSync(below, { recursive: true, force: true });
