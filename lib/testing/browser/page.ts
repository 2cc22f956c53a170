import type { Failure } from '../checks/cors-error.js';
import type { FetchInit } from '../fetch/fetch-init.js';
import { runFetch } from '../fetch/fetch-loop.js';
import { currentUrl, type FetchRecord, type PageIdentity } from '../fetch/fetch-record.js';
import type {
  AllowedFetch,
  BlockedFetch,
  FetchResult,
  WireRequest,
} from '../fetch/fetch-result.js';
import { describeFailure, type Explain } from '../report/messages.js';
import { isRedirectStatus } from '../fetch/redirect.js';
import { visibleHeaders } from '../fetch/response-filter.js';
import { scriptRequest } from '../fetch/script-request.js';
import type { IncomingResponse } from '../wire/transport.js';
import type { UserAgent } from './user-agent.js';

/** A page open in the browser, whose scripts can fetch. */
export class Page {
  /** @internal Pages are opened with {@link Browser.page}. */
  constructor(
    private readonly identity: PageIdentity,
    private readonly agent: UserAgent,
    private readonly apiOrigin: string,
    private readonly explain: Explain | undefined,
  ) {}

  /** The value of this page's `Origin` header. */
  get origin(): string {
    return this.identity.origin;
  }

  /**
   * Calls `fetch()` in this page, preflights, redirects, cookies and caches included (Fetch, "fetch method").
   *
   * @param url absolute, or relative to the browser's `apiOrigin`
   * @returns what the page gets; a refusal is a result, not an exception
   * @throws Error if the target cannot be reached: a test that expects a refusal must not pass for that
   */
  async fetch(url: string | URL, init: FetchInit = {}): Promise<FetchResult> {
    const record = await scriptRequest(this.identity, String(url), init, this.apiOrigin);
    if ('reason' in record) return notSent(record, this.identity.origin);
    const outcome = await runFetch(record, this.agent);
    if ('reason' in outcome) return blocked(outcome, record, this.explain);
    return allowed(outcome, record);
  }
}

function notSent({ reason, detail = '' }: Failure, origin: string): BlockedFetch {
  const message = `A script of ${origin}: fetch() throws a TypeError: ${detail}. Nothing was sent; correct the call`;
  return { allowed: false, reason, detail, hop: 0, message, exchange: [] };
}

async function blocked(
  failure: Failure,
  record: FetchRecord,
  explain: Explain | undefined,
): Promise<BlockedFetch> {
  return {
    allowed: false,
    ...failure,
    hop: record.urls.length - 1,
    message: await describeFailure(failure, record, explain),
    exchange: record.exchange,
  };
}

/** Fetch, "filtered response". */
function allowed(response: IncomingResponse, record: FetchRecord): AllowedFetch {
  const { exchange } = record;
  const redirected = record.urls.length > 1;
  const isRedirect = record.redirect === 'manual' && isRedirectStatus(response.status);
  if (isRedirect || record.tainting === 'opaque') {
    response.body.discard();
    return isRedirect
      ? hidden('opaqueredirect', currentUrl(record).href, redirected, exchange)
      : hidden('opaque', '', false, exchange);
  }
  return {
    allowed: true,
    status: response.status,
    type: record.tainting,
    url: currentUrl(record).href.replace(/#.*$/s, ''),
    redirected,
    headers: visibleHeaders(response.lines, record.tainting, record.credentials === 'include'),
    ...reader(response.body.stream()),
    exchange,
  };
}

/** A response that the page may have, but not look into. */
function hidden(
  type: 'opaque' | 'opaqueredirect',
  url: string,
  redirected: boolean,
  exchange: readonly WireRequest[],
): AllowedFetch {
  const nothing = { ...reader(new Blob([]).stream() as ReadableStream<Uint8Array>), body: null };
  return {
    allowed: true,
    status: 0,
    type,
    url,
    redirected,
    headers: new Headers(),
    ...nothing,
    exchange,
  };
}

function reader(body: ReadableStream<Uint8Array>): Pick<AllowedFetch, 'body' | 'text' | 'json'> {
  const text = async (): Promise<string> => new Response(body as ReadableStream).text();
  return { body, text, json: async () => JSON.parse(await text()) as unknown };
}
