import { fileURLToPath } from 'node:url';
import { Child } from './child.mjs';
import { VARIANTS } from './application.mjs';

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));
/** Room for everything that is allocated during a measurement, so that nothing is collected and all of it counts. */
const ROOMY = ['--max-semi-space-size=512', '--min-semi-space-size=512'];
const ROWS = ['GET with Origin', 'GET without Origin', 'preflight, allowed'];

/** Bytes on the heap per request, beside an application without CORS. */
export async function measureAllocation() {
  const rows = [];
  for (const platform of ['express', 'fastify']) {
    const bytes = {};
    for (const variant of VARIANTS) {
      const child = await Child.start(WORKER, [platform, variant], ROOMY);
      for (const row of ROWS) {
        bytes[`${variant} ${row}`] = await child.ask({ ask: 'allocated', row, count: 1000 });
      }
      child.stop();
    }
    for (const row of ROWS) {
      const amounts = VARIANTS.map((variant) => {
        const here = bytes[`${variant} ${row}`];
        return variant === 'none'
          ? `none ${here} B`
          : `${variant} ${signed(here - bytes[`none ${row}`])} B`;
      });
      rows.push([`allocation on ${platform}`, row, 'per request', amounts.join(', '), '–']);
    }
  }
  return rows;
}

function signed(amount) {
  return amount < 0 ? String(amount) : `+${amount}`;
}
