import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const [SOURCE, WORKER] = ['count-instructions.c', 'instructions-worker.mjs'].map((file) =>
  fileURLToPath(new URL(file, import.meta.url)),
);
/** The optimising compiler is at work for thousands of requests; nothing is collected while they are counted. */
const AMOUNTS = { warmUp: 10_000, slices: 40, count: 200 };
const NODE = ['--single-threaded', '--max-semi-space-size=512', '--min-semi-space-size=512'];
const ROOM = 64 * 1024 * 1024;

const VARIANTS = ['none', 'headers alone', 'enableCors', 'hook', 'idle interceptor', 'interceptor'];
const ROWS = ['GET with Origin', 'GET without Origin', 'POST with JSON body'];

/** Instructions that a request takes, counted by an emulator: no other process and no clock has a part in it. */
export async function measureInstructions() {
  const plugin = compile();
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const counted = {};
    for (const variant of VARIANTS)
      counted[variant] = await countRows(plugin, { platform, variant, rows: ROWS, ...AMOUNTS });
    rows.push(...ROWS.flatMap((row, index) => describe(platform, row, at(counted, index))));
  }
  return rows;
}

function compile() {
  const plugin = join(mkdtempSync(join(tmpdir(), 'count-instructions-')), 'count.so');
  try {
    execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-o', plugin, SOURCE], { stdio: 'inherit' });
    execFileSync('qemu-x86_64', ['--version']);
  } catch (error) {
    const advice =
      'Counting instructions needs an x86-64 Linux with `apt-get install gcc qemu-user`';
    throw new Error(advice, { cause: error });
  }
  return plugin;
}

/** The least slice of each row, per request: the others had the compiler in them. */
async function countRows(plugin, setup) {
  const args = ['-plugin', plugin, process.execPath, ...NODE, WORKER, JSON.stringify(setup)];
  const { stderr } = await promisify(execFile)('qemu-x86_64', args, { maxBuffer: ROOM });
  const marks = [...stderr.matchAll(/^counted (\d+)$/gm)].map(([, number]) => Number(number));
  const perRow = setup.slices + 1;
  return setup.rows.map((_, index) => {
    const own = marks.slice(index * perRow, (index + 1) * perRow);
    const slices = own.slice(1).map((mark, slice) => mark - own[slice]);
    return Math.min(...slices) / setup.count;
  });
}

function at(counted, index) {
  return Object.fromEntries(
    Object.entries(counted).map(([variant, rows]) => [variant, rows[index]]),
  );
}

function describe(platform, row, counted) {
  const added = (variant, to = 'none') => counted[variant] - counted[to];
  const shown = ['headers alone', 'enableCors', 'hook'].map(
    (each) => `${each} +${thousands(added(each))}`,
  );
  const share = added('hook') / added('enableCors');
  const idle = counted.interceptor / counted['idle interceptor'];
  return [
    [
      `instructions on ${platform}`,
      row,
      'per request',
      `none ${thousands(counted.none)}, ${shown.join(', ')}`,
      '–',
    ],
    [
      `instructions on ${platform}`,
      row,
      'hook ÷ enableCors',
      share.toFixed(2),
      share <= 0.4 ? '≤ 0.4 holds' : '≤ 0.4 MISSED',
    ],
    [
      `instructions on ${platform}`,
      row,
      'interceptor ÷ idle one',
      idle.toFixed(2),
      idle <= 1.15 ? '≤ 1.15 holds' : '≤ 1.15 MISSED',
    ],
  ];
}

function thousands(instructions) {
  return `${(instructions / 1000).toFixed(1)} k`;
}
