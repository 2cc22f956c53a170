import { corsCheck } from '../checks/cors-check.js';
import type { Failure } from '../checks/cors-error.js';
import { currentUrl, requestOrigin, type FetchRecord } from './fetch-record.js';
import { extractTokens, getHeader, valuesOf, type HeaderLine } from '../wire/header-lines.js';
import { judgeGrant, readMaxAge, type Grant } from '../checks/preflight-grant.js';
import { preflightKey } from '../caches/preflight-cache.js';
import { isRedirectStatus } from './redirect.js';
import type { BrowserProfile } from '../browser/profiles.js';
import type { UserAgent } from '../browser/user-agent.js';
import { exchange, fetchMetadata } from '../wire/wire.js';
import type { IncomingResponse } from '../wire/transport.js';

/** Fetch, "CORS-preflight fetch": asks, checks the answer and remembers it. */
export async function preflight(
  record: FetchRecord,
  unsafeNames: readonly string[],
  agent: UserAgent,
): Promise<Failure | undefined> {
  const response = await exchange(record, agent, {
    method: 'OPTIONS',
    url: currentUrl(record),
    headers: preflightHeaders(record, unsafeNames),
  });
  response.body.discard();
  const refusal = checkAnswer(record, response);
  if (refusal !== undefined) return refusal;
  const grant = readGrant(record, response.lines, agent.profile);
  if ('reason' in grant) return grant;
  const disallowed = judgeGrant(grant, record, unsafeNames, agent.profile);
  if (disallowed === undefined) remember(record, grant, response.lines, agent);
  return disallowed;
}

/** Steps 1 to 5: no cookies, no body, and none of the request's own headers. */
function preflightHeaders(
  record: FetchRecord,
  unsafeNames: readonly string[],
): ReadonlyMap<string, string> {
  return new Map([
    ['accept', '*/*'],
    ['access-control-request-method', record.method],
    ...(unsafeNames.length === 0
      ? []
      : ([['access-control-request-headers', unsafeNames.join(',')]] as const)),
    ['origin', requestOrigin(record)],
    ...fetchMetadata(record, [currentUrl(record)]),
  ]);
}

/** Step 7: the CORS check comes before the status; redirects are never followed. */
function checkAnswer(
  record: FetchRecord,
  { status, lines }: IncomingResponse,
): Failure | undefined {
  if (isRedirectStatus(status) && getHeader(lines, 'location') !== undefined) {
    return { reason: 'PreflightDisallowedRedirect', detail: String(status) };
  }
  const failure = corsCheck(lines, requestOrigin(record), record.credentials === 'include');
  if (failure !== undefined) return { ...failure, reason: `Preflight${failure.reason}` };
  const isOk = status >= 200 && status <= 299;
  return isOk ? undefined : { reason: 'PreflightInvalidStatus', detail: String(status) };
}

/** Steps 7.1 to 7.4. */
function readGrant(
  record: FetchRecord,
  lines: readonly HeaderLine[],
  profile: BrowserProfile,
): Grant | Failure {
  const methods = extractTokens(lines, 'access-control-allow-methods');
  if (methods === 'failure') {
    const detail = getHeader(lines, 'access-control-allow-methods') ?? '';
    return { reason: 'InvalidAllowMethodsPreflightResponse', detail };
  }
  const headers = extractTokens(lines, 'access-control-allow-headers');
  if (headers === 'failure') {
    const detail = getHeader(lines, 'access-control-allow-headers') ?? '';
    return { reason: 'InvalidAllowHeadersPreflightResponse', detail };
  }
  const isImplied = record.forcePreflight && profile.silenceAllowsForcedMethod;
  const implied = isImplied ? [record.method] : [];
  return {
    methods: methods ?? implied,
    headers: (headers ?? []).map((name) => name.toLowerCase()),
  };
}

/** Steps 7.8 and later; `no-store` means it of preflights too. */
function remember(
  record: FetchRecord,
  grant: Grant,
  lines: readonly HeaderLine[],
  agent: UserAgent,
): void {
  const { bypass } = agent.profile.preflightCache;
  if (record.cache === 'no-store' && bypass.cacheModes.includes('no-store')) return;
  const values = valuesOf(lines, 'access-control-max-age');
  const seconds = readMaxAge(values, agent.profile.preflightCache.maxAge);
  if (seconds <= 0) return;
  agent.preflightCache.store({
    ...grant,
    key: preflightKey(record.page.partition, requestOrigin(record), currentUrl(record)),
    withCredentials: record.credentials === 'include',
    expires: agent.now() + seconds * 1000,
  });
}
