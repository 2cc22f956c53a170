import { corsLines, varyNames } from '../../../support/observe.js';
import { send, type RawRequest, type RawResponse } from '../../../support/raw.js';
import type { GatewayRow } from './row.js';
import type { Combination } from './combinations.js';
import { connections } from './feed.gateway.js';
import { messages } from './service.js';
import { sendUpgrade } from './send-upgrade.js';
import type { Upstream } from '../../../support/upstream.js';

/** What came back, and what reached a service meanwhile. */
export interface Outcome {
  readonly response: RawResponse;
  readonly hits: readonly string[];
}

export function isFor({ only, platform }: GatewayRow, combination: Combination): boolean {
  if (platform !== undefined && platform !== combination.platform) return false;
  return only === undefined || (only === 'proxy') === combination.proxy;
}

export async function runRow(
  { request }: GatewayRow,
  port: number,
  upstream: Upstream,
): Promise<Outcome> {
  const seen = [upstream.hits, messages, connections].map((hits) => [hits, hits.length] as const);
  const response = await (isUpgrade(request) ? sendUpgrade(port, request) : send(port, request));
  return { response, hits: seen.flatMap(([hits, before]) => hits.slice(before)) };
}

function isUpgrade({ headers = [] }: RawRequest): boolean {
  return headers.some(([name]) => name === 'Upgrade');
}

/** As much of the outcome as the row says something about, and what it expects of it. */
export function compare(
  row: GatewayRow,
  { response, hits }: Outcome,
  combination: Combination,
): { readonly observed: object; readonly expected: object } {
  const wanted = row.expected[combination.proxy ? 'proxy' : 'handler'];
  const { status, cors } = wanted;
  const comparable = {
    status: status === 'any' ? 'any' : statusOf(response, status),
    cors: corsLines(response),
    // For a disguised path gateway and service may both answer.
    reached: row.promise === 'path form' && status === 'any' ? row.reaches : hits.length > 0,
    vary: varyNames(response).filter((name) => status !== 'any' || name !== 'accept'),
  };
  const vary = [...wanted.vary, ...(handsOn(row, combination) ? ['accept'] : [])].sort();
  const expected = {
    status,
    cors,
    reached: row.reaches,
    vary: vary.filter((name) => status !== 'any' || name !== 'accept'),
  };
  return { observed: comparable, expected };
}

function statusOf({ status }: RawResponse, wanted: number | 'error'): number | 'error' {
  return wanted === 'error' && status >= 500 ? 'error' : status;
}

function handsOn({ answers, promise }: GatewayRow, { transport }: Combination): boolean {
  return answers === 'service' && promise !== 'upgrade' && transport !== 'ClientProxy';
}
