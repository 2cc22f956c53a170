// The same comparison in instructions instead of time: slow, needs valgrind, and hardly depends on what else the machine does.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireBuild } from './src/subject.mjs';
import { formatTable } from './src/table.mjs';

const { values: given } = parseArgs({
  options: {
    platform: { type: 'string', multiple: true, default: ['express', 'fastify'] },
    request: {
      type: 'string',
      multiple: true,
      default: ['GET with Origin', 'GET without Origin', 'POST with JSON body'],
    },
  },
});
const WORKER = fileURLToPath(new URL('src/instructions-worker.mjs', import.meta.url));
/** By the fewer, start-up and the optimising compiler have had their turn; only the requests beyond them count. */
const [FEWER, MORE] = [4000, 12_000];

function instructions(...args) {
  const valgrind = [
    '--tool=callgrind',
    '--smc-check=all-non-file',
    '--callgrind-out-file=/dev/null',
  ];
  const command = [...valgrind, process.execPath, '--single-threaded', WORKER, ...args.map(String)];
  const { stderr, error } = spawnSync('valgrind', command, { encoding: 'utf8' });
  if (error) throw new Error('valgrind did not start; install it', { cause: error });
  return Number(/Collected : (\d+)/.exec(stderr)[1]);
}

function perRequest(platform, variant, request) {
  const [fewer, more] = [FEWER, MORE].map((count) =>
    instructions(platform, variant, request, count),
  );
  return (more - fewer) / (MORE - FEWER);
}

requireBuild();
const rows = [];
for (const platform of given.platform) {
  for (const request of given.request) {
    const none = perRequest(platform, 'none', request);
    const [stock, hook] = ['enableCors', 'hook'].map(
      (variant) => perRequest(platform, variant, request) - none,
    );
    const share = (added) => `+${((added / none) * 100).toFixed(1)} %`;
    rows.push([platform, request, share(stock), share(hook), (hook / stock).toFixed(2)]);
  }
}
console.log(
  formatTable(['platform', 'request', 'enableCors adds', 'hook adds', 'hook ÷ enableCors'], rows),
);
console.log(
  `\nInstructions per request in process, from one run each with ${FEWER} and with ${MORE} requests.`,
);
