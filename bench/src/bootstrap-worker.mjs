// Boots one large application under the profiler and reports how much of the time is this package's.
import { Session } from 'node:inspector/promises';
import { bootWith, describeApplication, optionsFor } from './routes.mjs';
import { ORIGINS } from './requests.mjs';

const { platform, routes, withModule } = JSON.parse(process.argv[2]);
const { controllers } = describeApplication(routes);
const options = withModule ? optionsFor(ORIGINS) : undefined;
// Loads and warms what every application needs.
const small = await bootWith(platform, describeApplication(20).controllers, options);
if (withModule) await firstRequest(small);

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 500 });
await session.post('Profiler.start');
const before = process.cpuUsage();
const app = await bootWith(platform, controllers, options);
if (withModule) await firstRequest(app);
const { user, system } = process.cpuUsage(before);
const { profile } = await session.post('Profiler.stop');
const heap = settledHeap();
process.send({ result: { cpu: user + system, share: ownShare(profile), heap } });

/** The route table is built for the first request that needs it. */
async function firstRequest(running) {
  const { decisionsOf } = await import('./decisions.mjs');
  const headers = { origin: ORIGINS[1], host: 'a', 'access-control-request-method': 'GET' };
  (await decisionsOf(running)).preflight('OPTIONS', '/resource0/all0', headers);
}

function settledHeap() {
  for (let round = 0; round < 4; round++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/**
 * The share of samples below a frame of ours. Where we pass a registration on to Nest or the platform, it is theirs again:
 * they would have done the same without us.
 */
function ownShare({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = new Map();
  for (const [index, id] of samples.entries())
    times.set(id, (times.get(id) ?? 0) + timeDeltas[index]);
  const sums = { own: 0, all: 0 };
  const visit = (node, owned, caller) => {
    const { url, functionName } = node.callFrame;
    const handedBack =
      /\/(?:route-recorder|ask-nest)\.js$/.test(caller) && url.includes('/node_modules/');
    const own = isOurs(url) || (owned && !handedBack);
    const time = functionName === '(idle)' ? 0 : (times.get(node.id) ?? 0);
    sums.all += time;
    if (own) sums.own += time;
    for (const child of node.children ?? []) visit(byId.get(child), own, url);
  };
  visit(nodes[0], false, '');
  return sums.own / sums.all;
}

function isOurs(url) {
  return /\/(?:dist|\.builds\/[^/]+)\/(?:esm|tsc)\//.test(url);
}
