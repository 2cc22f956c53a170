// The decision for a list of origins in a process of its own.
import { originDecisions, warmUp } from './origin-decisions.mjs';
import { ORIGINS } from './requests.mjs';
import { serveCases } from './serve-cases.mjs';

const { exact = 2, patterns = 0 } = JSON.parse(process.argv[2]);

const asked = patterns > 0 ? `https://a.customer-${patterns - 1}.example.net` : ORIGINS[1];

await warmUp();
const before = settledHeap();
const started = process.cpuUsage();
const { decide, matcher } = await originDecisions(origins());
const { user, system } = process.cpuUsage(started);
const heap = settledHeap() - before;

/** Origins that look like those of tenants; the last one of each kind is asked for. */
function origins() {
  return [
    ...Array.from({ length: exact - 1 }, (_, index) => `https://tenant-${index}.shop.example.com`),
    ORIGINS[1],
    ...Array.from({ length: patterns }, (_, index) => `https://*.customer-${index}.example.net`),
  ];
}

serveCases(
  { allowed: () => decide(asked), denied: () => decide('https://evil.example.net') },
  {
    heap: () => (matcher.exact.size === exact ? heap : undefined),
    /** CPU microseconds of start-up for each origin. */
    start: () => (user + system) / exact,
  },
);

function settledHeap() {
  for (let round = 0; round < 6; round++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
