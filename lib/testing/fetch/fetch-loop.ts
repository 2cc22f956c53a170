import { corsCheck } from '../checks/cors-check.js';
import type { Failure } from '../checks/cors-error.js';
import { currentUrl, requestOrigin, type FetchRecord } from './fetch-record.js';
import { abandon, networkOrCache } from './network.js';
import { isSameOrigin, OPAQUE, originOf } from './origin.js';
import { preflight } from './preflight.js';
import { preflightKey } from '../caches/preflight-cache.js';
import { followRedirect, locationOf } from './redirect.js';
import { resourcePolicyAllows } from '../checks/resource-policy.js';
import { SAFELISTED_METHODS, unsafeHeaderNames } from '../checks/safelist.js';
import type { IncomingResponse } from '../wire/transport.js';
import type { UserAgent } from '../browser/user-agent.js';
import { hasConditions } from '../wire/wire-headers.js';

/** Fetch, "main fetch" and "HTTP fetch", hop by hop, to the response that the page gets or the check that stops it. */
export async function runFetch(
  record: FetchRecord,
  agent: UserAgent,
): Promise<IncomingResponse | Failure> {
  for (;;) {
    const response = await runHop(record, agent);
    if ('reason' in response) return response;
    const location = locationOf(response);
    if (location === undefined) return response;
    // A broken Location fails a manual redirect too: not by the standard, but in browsers
    const isUrl = URL.canParse(location, currentUrl(record));
    if (record.redirect === 'manual' && isUrl) return response;
    response.body.discard();
    const failure = followRedirect(record, response.status, location, agent.profile);
    if (failure !== undefined) return failure;
  }
}

async function runHop(record: FetchRecord, agent: UserAgent): Promise<IncomingResponse | Failure> {
  const refused = taint(record);
  if (refused !== undefined) return refused;
  const unsafeNames = unsafeHeaderNames(record.headers, agent.profile.extraSafelist);
  const asks = needsPreflight(record, unsafeNames);
  if (asks && !isCovered(record, unsafeNames, agent)) {
    const failure = await preflight(record, unsafeNames, agent);
    if (failure !== undefined) return forget(record, agent, failure);
  }
  const response = await networkOrCache(record, agent);
  const failure = checkResponse(record, response);
  if (failure === undefined) return response;
  abandon(record, agent, response);
  return asks ? forget(record, agent, failure) : failure;
}

/** Main fetch, step 12: whose response this will be. Once lost, innocence does not return. */
function taint(record: FetchRecord): Failure | undefined {
  const url = currentUrl(record);
  const isOwn = isSameOrigin(originOf(url), record.page.origin);
  if (record.tainting === 'basic' && isOwn) return undefined;
  if (record.mode === 'same-origin') return { reason: 'DisallowedByMode', detail: 'same-origin' };
  if (!/^https?:$/.test(url.protocol)) {
    return { reason: 'CorsDisabledScheme', detail: url.protocol };
  }
  if (record.mode === 'no-cors' && record.redirect !== 'follow') {
    return { reason: 'DisallowedByMode', detail: 'no-cors' };
  }
  record.tainting = record.mode === 'no-cors' ? 'opaque' : 'cors';
  return undefined;
}

function needsPreflight(record: FetchRecord, unsafeNames: readonly string[]): boolean {
  if (record.tainting !== 'cors') return false;
  const isSimple = SAFELISTED_METHODS.has(record.method) && unsafeNames.length === 0;
  return record.forcePreflight || !isSimple;
}

function isCovered(record: FetchRecord, unsafeNames: readonly string[], agent: UserAgent): boolean {
  if (bypassesPreflightCache(record, agent)) return false;
  return agent.preflightCache.covers({
    key: cacheKeyOf(record),
    method: record.method,
    headers: unsafeNames,
    withCredentials: record.credentials === 'include',
    forced: record.forcePreflight,
  });
}

function bypassesPreflightCache(record: FetchRecord, agent: UserAgent): boolean {
  const { bypass } = agent.profile.preflightCache;
  return (
    bypass.cacheModes.includes(record.cache) ||
    (bypass.conditionalHeaders && record.cache === 'default' && hasConditions(record)) ||
    (bypass.opaqueOrigins && requestOrigin(record) === OPAQUE) ||
    currentUrl(record).href.length >= bypass.urlLength
  );
}

/** HTTP fetch, step 4: who may read this response. */
function checkResponse(record: FetchRecord, { lines }: IncomingResponse): Failure | undefined {
  if (record.tainting === 'cors') {
    return corsCheck(lines, requestOrigin(record), record.credentials === 'include');
  }
  const isAllowed =
    record.tainting === 'basic' ||
    resourcePolicyAllows(lines, currentUrl(record), record.page.origin);
  return isAllowed ? undefined : { reason: 'CorpNotSameOrigin' };
}

/** Main fetch: some engines drop what they remember of a URL when a fetch to it fails. */
function forget(record: FetchRecord, agent: UserAgent, failure: Failure): Failure {
  if (agent.profile.preflightCache.clearedOnFailure) agent.preflightCache.clear(cacheKeyOf(record));
  return failure;
}

function cacheKeyOf(record: FetchRecord): string {
  return preflightKey(record.page.partition, requestOrigin(record), currentUrl(record));
}
