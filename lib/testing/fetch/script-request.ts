import type { Failure } from '../checks/cors-error.js';
import type { FetchBody, FetchInit } from './fetch-init.js';
import type { FetchRecord, PageIdentity } from './fetch-record.js';
import { isForbiddenHeader, isForbiddenMethod } from '../checks/forbidden-headers.js';
import { isNoCorsSafelisted, SAFELISTED_METHODS } from '../checks/safelist.js';
import { isToken } from '../wire/token.js';

/**
 * Fetch, the `Request` constructor: turns what a script passed to `fetch()` into a request, or into the `TypeError` that
 * it would throw.
 *
 * @param base what relative URLs are relative to
 */
export async function scriptRequest(
  page: PageIdentity,
  input: string,
  init: FetchInit,
  base: string,
): Promise<FetchRecord | Failure<'TypeError'>> {
  const mode = init.mode ?? 'cors';
  const method = normalizeMethod(init.method ?? 'GET');
  const body = await extractBody(init.body ?? null);
  const headers = fillHeaders(init.headers, body.type, mode);
  if (!URL.canParse(input, base)) return typeError(`'${input}' is not a URL`);
  const url = new URL(input, base);
  const complaint = urlComplaint(url) ?? methodComplaint(method, mode, body.bytes);
  if (complaint !== undefined) return typeError(complaint);
  if (headers === undefined) return typeError('a header name or value is malformed');
  return {
    page,
    mode,
    credentials: init.credentials ?? 'same-origin',
    redirect: init.redirect ?? 'follow',
    cache: init.cache ?? 'default',
    streaming: body.streaming,
    forcePreflight: body.streaming || init.uploadListener === true,
    urls: [url],
    exchange: [],
    method,
    headers,
    body: body.bytes,
    tainting: 'basic',
  };
}

/** Fetch, "normalize a method": only these six are repaired; `patch` stays `patch`. */
function normalizeMethod(method: string): string {
  return /^(delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
}

function urlComplaint(url: URL): string | undefined {
  return url.username !== '' || url.password !== ''
    ? `'${url.href}' contains a user name or password`
    : undefined;
}

function methodComplaint(method: string, mode: string, body?: Uint8Array): string | undefined {
  if (!isToken(method)) return `'${method}' is not a method`;
  if (isForbiddenMethod(method)) return `no script may send ${method}`;
  if (mode === 'no-cors' && !SAFELISTED_METHODS.has(method)) {
    return `mode 'no-cors' allows GET, HEAD and POST, not ${method}`;
  }
  const isBodiless = method === 'GET' || method === 'HEAD';
  return isBodiless && body !== undefined ? `a ${method} request has no body` : undefined;
}

/**
 * Fetch, "fill a Headers object" under its guard: forbidden headers are dropped line by line, before lines of one name
 * are combined. `undefined` where `fetch()` throws.
 */
function fillHeaders(
  init: FetchInit['headers'],
  bodyType: string | null,
  mode: string,
): Map<string, string> | undefined {
  const filled = new Headers();
  try {
    for (const [name, value] of linesOf(init)) append(filled, name, value, mode);
    if (bodyType !== null && !filled.has('content-type')) {
      append(filled, 'content-type', bodyType, mode);
    }
  } catch {
    return undefined;
  }
  return new Map(filled.entries());
}

function linesOf(init: FetchInit['headers'] = {}): Iterable<readonly [string, string]> {
  return Symbol.iterator in init ? init : Object.entries(init);
}

/** Fetch, "append to a Headers object"; throws on malformed names and values. */
function append(headers: Headers, name: string, value: string, mode: string): void {
  const [[key, bare] = ['', '']] = new Headers([[name, value]]);
  if (isForbiddenHeader(key, bare)) return;
  const earlier = headers.get(key);
  const combined = earlier === null ? bare : `${earlier}, ${bare}`;
  if (mode === 'no-cors' && !isNoCorsSafelisted(key, combined)) return;
  headers.set(key, combined);
}

interface ExtractedBody {
  readonly bytes: Uint8Array | undefined;
  readonly type: string | null;
  readonly streaming: boolean;
}

/** Fetch, "extract a body": Node's `Response` knows the content types. */
async function extractBody(body: FetchBody | null): Promise<ExtractedBody> {
  if (body === null) return { bytes: undefined, type: null, streaming: false };
  const response = new Response(body as string);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const streaming = body instanceof ReadableStream;
  return { bytes, type: response.headers.get('content-type'), streaming };
}

function typeError(detail: string): Failure<'TypeError'> {
  return { reason: 'TypeError', detail };
}
