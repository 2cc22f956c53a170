import { currentUrl, includesCredentials, type FetchRecord } from './fetch-record.js';
import { getHeader, valuesOf } from '../wire/header-lines.js';
import {
  freshen,
  isFresh,
  isStorable,
  varyingFields,
  varyMatches,
  type StoredResponse,
} from '../caches/http-cache.js';
import { OPAQUE } from './origin.js';
import type { RefusedCookie } from '../cookies/refusal.js';
import type { CacheMode } from '../browser/profiles.js';
import { locationOf } from './redirect.js';
import { storedBody } from '../wire/response-body.js';
import type { IncomingResponse } from '../wire/transport.js';
import type { UserAgent } from '../browser/user-agent.js';
import { exchange } from '../wire/wire.js';
import { hasConditions, wireHeaders } from '../wire/wire-headers.js';

/**
 * Fetch, "HTTP-network-or-cache fetch": the response to the current hop, from the cache where it may come from there.
 * Opaque pages have no cache ("determine the HTTP cache partition").
 */
export async function networkOrCache(
  record: FetchRecord,
  agent: UserAgent,
): Promise<IncomingResponse> {
  const headers = wireHeaders(record, agent);
  const mode = effectiveCacheMode(record);
  if (!isCacheable(record) || mode === 'no-store') return send(record, agent, headers);
  const stored = agent.httpCache.find(record.page.partition, currentUrl(record));
  if (stored === undefined || mode === 'reload') return sendAndStore(record, agent, headers);
  const matches = varyMatches(stored, headers);
  const isUsable = mode === 'force-cache' || (mode === 'default' && isFresh(stored, agent.now()));
  if (matches && isUsable) return reuse(stored, record.method);
  return revalidate(record, agent, headers, stored);
}

/** A kept GET answers HEAD requests as well (RFC 9111 §4). */
function isCacheable({ method, page }: FetchRecord): boolean {
  return (method === 'GET' || method === 'HEAD') && page.origin !== OPAQUE;
}

/**
 * Hangs up on a response that the page may not have. A body that was not read to its end is not kept in the cache; a
 * redirect has none to miss, and a response that came from the cache stays there.
 */
export function abandon(record: FetchRecord, agent: UserAgent, response: IncomingResponse): void {
  response.body.discard();
  if (response.isNewInCache === true && locationOf(response) === undefined) {
    agent.httpCache.remove(record.page.partition, currentUrl(record));
  }
}

/** Fetch: a script that sets its own conditions wants the network's answer. So, simply, does one that wants a part. */
function effectiveCacheMode(record: FetchRecord): CacheMode {
  const wantsNetwork = hasConditions(record) || record.headers.has('range');
  return record.cache === 'default' && wantsNetwork ? 'no-store' : record.cache;
}

/** Fetch, "HTTP-network fetch". Cookies are kept whether or not the page may read the response. */
async function send(
  record: FetchRecord,
  agent: UserAgent,
  headers: ReadonlyMap<string, string>,
): Promise<IncomingResponse> {
  const { method, body, page } = record;
  const url = currentUrl(record);
  const response = await exchange(record, agent, { method, url, headers, body });
  if (includesCredentials(record)) {
    const lines = valuesOf(response.lines, 'set-cookie');
    noteRefused(record, agent.cookies.receive(url, lines, page.origin));
  }
  const isChange = agent.profile.invalidatesHttpCache(method, body !== undefined);
  if (isChange && response.status < 400) agent.httpCache.remove(page.partition, url);
  return response;
}

function noteRefused(record: FetchRecord, refusedCookies: readonly RefusedCookie[]): void {
  const last = record.exchange.pop();
  if (last === undefined) return;
  record.exchange.push(refusedCookies.length === 0 ? last : { ...last, refusedCookies });
}

async function sendAndStore(
  record: FetchRecord,
  agent: UserAgent,
  headers: ReadonlyMap<string, string>,
): Promise<IncomingResponse> {
  const response = await send(record, agent, headers);
  if (record.method === 'HEAD') return response;
  const { status, lines } = response;
  agent.httpCache.remove(record.page.partition, currentUrl(record));
  const isStored = isStorable(status, lines) && !agent.profile.neverStored.includes(status);
  if (!isStored) return response;
  const bytes = await response.body.bytes();
  const varying = varyingFields(lines, headers);
  const stored = { status, lines, bytes, varying, storedAt: agent.now() };
  return { ...keep(record, agent, stored), isNewInCache: true };
}

/** RFC 9111 §4.3: asks whether what is stored still holds. Also asked when `Vary` differs, as Chromium does. */
async function revalidate(
  record: FetchRecord,
  agent: UserAgent,
  headers: ReadonlyMap<string, string>,
  stored: StoredResponse,
): Promise<IncomingResponse> {
  const etag = stored.status === 200 ? getHeader(stored.lines, 'etag') : undefined;
  if (etag === undefined) return sendAndStore(record, agent, headers);
  const conditional = new Map([...headers, ['if-none-match', etag]]);
  const response = await sendAndStore(record, agent, conditional);
  if (response.status !== 304) return response;
  response.body.discard();
  const lines = freshen(stored.lines, response.lines);
  const varying = varyingFields(lines, headers);
  return keep(record, agent, { ...stored, lines, varying, storedAt: agent.now() });
}

function keep(record: FetchRecord, agent: UserAgent, stored: StoredResponse): IncomingResponse {
  agent.httpCache.store(record.page.partition, currentUrl(record), stored);
  return reuse(stored, record.method);
}

function reuse({ status, lines, bytes }: StoredResponse, method: string): IncomingResponse {
  return { status, lines, body: storedBody(method === 'HEAD' ? new Uint8Array() : bytes) };
}
