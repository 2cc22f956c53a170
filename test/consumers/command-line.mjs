// The command line on the samples, and on applications whose database is not there: what it answers, and how long it takes beyond Node
// loading Nest and the application's files. Run after `npm run build && npx nest build sample`:
//   node test/consumers/command-line.mjs                 everything
//   node test/consumers/command-line.mjs --nest 12       one Nest, more than once for several; --nest none: the samples alone
//   --only TypeScript   the applications whose names contain this
//   --rounds 3   runs of which the least counts; --samples no   leaves the samples out; --keep   keeps the folder
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { explains, lists } from './command-line/answers.mjs';
import { DATABASES, FORMATS, install, NESTS } from './command-line/projects.mjs';
import { ROOT, SAMPLES } from './command-line/samples.mjs';
import { leastOf } from './command-line/timed.mjs';
import { folder, pack } from './matrix/workshop.mjs';

const { values } = parseArgs({
  options: {
    nest: { type: 'string', multiple: true, default: NESTS },
    samples: { type: 'string', default: 'yes' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'boolean' },
  },
});
const MOST = 2;
const ORIGIN = 'https://partner.example';
const faults = [];

/** The time to load an application without this program, in its own format. */
function plainly(file, format, env) {
  const names = ['@nestjs/core', '@nestjs/platform-express', `./${file}`];
  const script =
    format === 'module'
      ? names.map((name) => `await import('${name}');`).join('')
      : names.map((name) => `require('${name}');`).join('');
  return [...env, process.execPath, `--input-type=${format}`, '-e', script, ''];
}

function cells({ shape, nest, cwd, plain, program, module, env = [], url, check }) {
  if (!shape.includes(values.only)) return;
  const run = [...env, process.execPath, program];
  const from = ['--module', module];
  const commands = [
    plain,
    [...run, 'routes', ...from],
    [...run, 'explain', ...url, '--origin', ORIGIN, ...from],
  ];
  const [load, routes, explain] = leastOf(cwd, commands, Number(values.rounds));
  const complaint = load.code === 0 ? check(routes, explain) : load.error;
  const beyond = (by) => Math.max(routes[by], explain[by]) - load[by];
  const slow = Math.min(beyond('cpu'), beyond('wall')) > MOST ? `more than ${MOST} s` : undefined;
  const verdict = complaint ?? slow ?? 'ok';
  if (verdict !== 'ok') faults.push(shape);
  const times = ['cpu', 'wall'].flatMap((by) => [load[by], routes[by], explain[by], beyond(by)]);
  print([shape, nest, ...times.map(fixed), verdict]);
}

function print(cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

/** As people run it. What npx takes for itself depends on npm. */
function npx(nest, cwd) {
  const check = ['npx', '--no', 'nestjs-cors', 'check', '--module', 'dist/typeorm.module.js'];
  const [own, checked] = leastOf(cwd, [['npx', '-c', 'true'], check], Number(values.rounds));
  const isRight = checked.code === 0 && checked.out.includes('no mistakes');
  if (!isRight) faults.push(`npx on Nest ${nest}: ${checked.error}`);
  const times = [own.cpu, checked.cpu, '', '', own.wall, checked.wall, '', ''];
  print(['npx alone, and with `check`', nest, ...times.map(fixed), isRight ? 'ok' : 'FAILS']);
}

function fixed(time) {
  return typeof time === 'number' ? time.toFixed(2) : time;
}

function databases(nest, tarball) {
  const projects = install(nest, tarball);
  npx(nest, projects.commonjs);
  for (const database of DATABASES)
    for (const format of FORMATS)
      for (const module of [`dist/${database}.module.js`, `src/${database}.module.ts`])
        cells({
          shape: `${database}, ${format}, ${module.endsWith('.ts') ? 'TypeScript' : 'compiled'}`,
          nest,
          cwd: projects[format],
          plain: plainly(`dist/${database}.module.js`, format, []),
          program: 'node_modules/.bin/nestjs-cors',
          module,
          url: ['GET', '/orders/7'],
          check: (routes, explain) =>
            lists(routes, ['GET  /orders/:id', 'PUT  /orders/:id', '@NoCors()']) ??
            explains(explain, 0, 'allowed'),
        });
}

function samples() {
  for (const { file, module, url, said, code, env = [] } of SAMPLES)
    cells({
      shape: module,
      nest: 'own',
      cwd: ROOT,
      plain: plainly(file, 'module', env),
      program: 'dist/esm/cli/main.js',
      module,
      env,
      url,
      check: (routes, explain) => lists(routes, said) ?? explains(explain, code, ''),
    });
}

print(['application', 'Nest', 'load', 'routes', 'explain', 'beyond', 'load', 'routes', 'explain', 'beyond', 'verdict']); // prettier-ignore
print(['---', '---', ...Array.from({ length: 8 }, () => '--:'), '---']);
if (values.samples !== 'no') samples();
const nests = values.nest.filter((nest) => nest !== 'none');
const tarball = nests.length > 0 ? pack() : undefined;
for (const nest of nests) databases(nest, tarball);
console.log(`
Seconds, the least of ${values.rounds} runs that take turns: four times CPU of all processes, then four times by the clock. Load average
${loadavg()[0].toFixed(1)}, Node ${process.version}.
${faults.length === 0 ? 'All answer as they should.' : `FAILING: ${faults.join('; ')}`}`);
if (!values.keep) rmSync(folder, { recursive: true, force: true });
process.exitCode = faults.length > 0 ? 1 : 0;
