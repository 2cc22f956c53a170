import type { Failure } from '../checks/cors-error.js';
import { currentUrl, type FetchRecord } from './fetch-record.js';
import { valuesOf } from '../wire/header-lines.js';
import { isSameOrigin, originOf } from './origin.js';
import type { BrowserProfile } from '../browser/profiles.js';
import type { IncomingResponse } from '../wire/transport.js';

const MAX_REDIRECTS = 20;

/** Fetch, "request-body-header name": goes when the body goes. */
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type'];

/** Fetch, "redirect status". */
export function isRedirectStatus(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Fetch, "location URL": the raw value, if the response is a redirect that names one. */
export function locationOf({ status, lines }: IncomingResponse): string | undefined {
  return isRedirectStatus(status) ? valuesOf(lines, 'location')[0] : undefined;
}

/** Fetch, "HTTP-redirect fetch": moves the request on to the next URL, or says why not. */
export function followRedirect(
  record: FetchRecord,
  status: number,
  location: string,
  profile: BrowserProfile,
): Failure | undefined {
  const from = currentUrl(record);
  if (!URL.canParse(location, from)) return redirectError(`${location} is not a URL`);
  const to = new URL(location, from);
  if (to.hash === '') to.hash = from.hash;
  const refusal = refuse(record, status, to, profile);
  if (refusal !== undefined) return refusal;
  if (record.redirect === 'error') return redirectError(`${status} to ${location}`);
  if (dropsBody(record.method, status)) becomeGet(record);
  if (!isSameOrigin(originOf(from), originOf(to))) record.headers.delete('authorization');
  record.urls.push(to);
  return undefined;
}

/** Steps 5 to 11. */
function refuse(
  record: FetchRecord,
  status: number,
  to: URL,
  profile: BrowserProfile,
): Failure | undefined {
  if (!/^https?:$/.test(to.protocol)) return badScheme(record, to);
  if (record.urls.length > MAX_REDIRECTS) return redirectError('too many redirects');
  if (hasUserinfo(to) && refusesUserinfo(record, to, profile)) {
    return { reason: 'RedirectContainsCredentials', detail: to.href };
  }
  const cannotRepeat = status !== 303 && record.streaming;
  return cannotRepeat ? redirectError(`a streamed body cannot be sent to ${to.href}`) : undefined;
}

/** Chromium has a name for it where CORS is at stake. */
function badScheme({ mode }: FetchRecord, to: URL): Failure {
  if (mode === 'cors') return { reason: 'CorsDisabledScheme', detail: to.protocol };
  return redirectError(`${to.href} is not an HTTP URL`);
}

function hasUserinfo(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}

function refusesUserinfo(record: FetchRecord, to: URL, profile: BrowserProfile): boolean {
  if (profile.refusesEveryUserinfoRedirect || record.tainting === 'cors') return true;
  return record.mode === 'cors' && !isSameOrigin(record.page.origin, originOf(to));
}

/** Step 12: 301 and 302 turn a POST into a GET; 303 turns everything but HEAD into one. */
function dropsBody(method: string, status: number): boolean {
  if (status === 301 || status === 302) return method === 'POST';
  return status === 303 && method !== 'GET' && method !== 'HEAD';
}

function becomeGet(record: FetchRecord): void {
  record.method = 'GET';
  record.body = undefined;
  for (const name of BODY_HEADERS) record.headers.delete(name);
}

function redirectError(detail: string): Failure<'RedirectError'> {
  return { reason: 'RedirectError', detail };
}
