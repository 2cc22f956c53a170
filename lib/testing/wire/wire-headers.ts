import {
  currentUrl,
  includesCredentials,
  requestOrigin,
  type FetchRecord,
} from '../fetch/fetch-record.js';
import { OPAQUE, originOf } from '../fetch/origin.js';
import type { UserAgent } from '../browser/user-agent.js';
import { fetchMetadata } from './wire.js';

/** The script set `If-None-Match` or one of its relatives. */
export function hasConditions(record: FetchRecord): boolean {
  return [...record.headers.keys()].some((name) =>
    /^if-(none-match|modified-since|unmodified-since|match|range)$/.test(name),
  );
}

/** Headers that the browser adds to the script's. */
export function wireHeaders(record: FetchRecord, agent: UserAgent): Map<string, string> {
  const headers = new Map([['accept', '*/*'], ...record.headers]);
  const isBodiless = record.method === 'GET' || record.method === 'HEAD';
  if (record.tainting === 'cors' || !isBodiless) headers.set('origin', originHeader(record, agent));
  for (const [name, value] of [...cacheHeaders(record), ...fetchMetadata(record, record.urls)]) {
    if (!headers.has(name)) headers.set(name, value);
  }
  const cookies = agent.cookies.get(currentUrl(record).href, record.page.origin);
  if (includesCredentials(record) && cookies !== '') headers.set('cookie', cookies);
  return headers;
}

/** Fetch, "append a request `Origin` header". */
function originHeader(record: FetchRecord, { profile }: UserAgent): string {
  const hasLeft = record.urls.some((url) => originOf(url) !== originOf(record.urls[0]));
  const hides = profile.hidesOriginOnNoCorsRedirect && record.mode === 'no-cors' && hasLeft;
  return hides ? OPAQUE : requestOrigin(record);
}

function cacheHeaders({ cache }: FetchRecord): readonly (readonly [string, string])[] {
  if (cache === 'no-cache') return [['cache-control', 'max-age=0']];
  if (cache !== 'no-store' && cache !== 'reload') return [];
  return [
    ['cache-control', 'no-cache'],
    ['pragma', 'no-cache'],
  ];
}
