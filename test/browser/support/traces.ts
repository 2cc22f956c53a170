import type { Observation, PlannedFetch } from './scenario.js';
import type { Received, WireRecorder } from './wire-recorder.js';

/** Pages by origin, real or simulated. */
export interface FetchingPages {
  fetch(origin: string, planned: PlannedFetch): Promise<Observation>;
}

/** One fetch and all that can be seen of it, as text to compare. */
export interface Trace {
  readonly asked: string;
  readonly allowed: boolean;
  readonly text: string;
}

/** Request headers in which both must agree. */
const ASKED = [
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'authorization',
  'cookie',
  'content-type',
  'if-none-match',
  'x-a',
  'x-b',
  'x-deny',
];

/** Visible headers that come from the connection. */
const CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date']);

export async function play(
  page: string,
  fetches: readonly PlannedFetch[],
  pages: FetchingPages,
  wire: WireRecorder,
): Promise<Trace[]> {
  wire.take();
  const traces: Trace[] = [];
  for (const planned of fetches) {
    const { reason: _reason, headers, ...rest } = await pages.fetch(page, planned);
    const visible = headers?.filter(([name]) => !CONNECTION.has(name));
    const text = JSON.stringify({ ...rest, visible, wire: wire.take().map(show) });
    traces.push({ asked: `${page}: ${JSON.stringify(planned)}`, allowed: rest.allowed, text });
  }
  return traces;
}

function show({ method, host, url, headers, status, answer }: Received): string[] {
  const asked = ASKED.map((name) => `${name}: ${String(headers[name])}`);
  const known = asked.filter((line) => !line.endsWith(': undefined'));
  const answered = Object.entries(answer).filter(([name]) => /^(access-control-|vary)/.test(name));
  return [
    `${method} ${host}${url}`,
    ...known,
    `${status}`,
    ...answered.map((line) => line.join(': ')),
  ];
}
