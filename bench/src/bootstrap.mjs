import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { interval, median } from './statistics.mjs';
import { percent } from './table.mjs';

const WORKER = fileURLToPath(new URL('bootstrap-worker.mjs', import.meta.url));
const MOST = 0.1;

/** Start-up with 10,000 routes, with and without this package. */
export async function measureBootstrap(quick) {
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const pairs = [];
    for (let pair = 0; pair < (quick ? 3 : 9); pair++) {
      const without = await once({ platform, routes: 10_000, withModule: false });
      pairs.push({ without, with: await once({ platform, routes: 10_000, withModule: true }) });
    }
    const share = interval([pairs], (drawn) => median(drawn.map((pair) => pair.with.share)));
    const added = interval([pairs], (drawn) =>
      median(drawn.map((pair) => pair.with.cpu / pair.without.cpu - 1)),
    );
    const heap = median(pairs.map((pair) => pair.with.heap - pair.without.heap)) / 1e6;
    const floor = `≤ 10 % ${share.value <= MOST ? 'holds' : 'MISSED'}`;
    const where = `bootstrap on ${platform}`;
    rows.push(
      [where, 'our share of the profile', '10000 routes', percent(share), floor],
      [where, 'CPU beside the same without us', '10000 routes', percent(added), '–'],
      [where, 'heap beside the same without us', '10000 routes', `${heap.toFixed(1)} MB`, '–'],
    );
  }
  return rows;
}

function once(setup) {
  const child = fork(WORKER, [JSON.stringify(setup)], { execArgv: ['--expose-gc'] });
  return new Promise((resolve, reject) => {
    child.once('message', ({ result }) => {
      resolve(result);
      child.disconnect();
    });
    child.once('exit', (code) => code && reject(new Error(`bootstrap-worker: exit ${code}`)));
  });
}
