import type { CorsErrorName } from '../checks/cors-error.js';
import type { RefusedCookie } from '../cookies/refusal.js';

/** One request on the wire, preflights included, and what came back. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  /** Names in lower case; one element per header line, because browsers count lines. */
  readonly responseHeaders: Readonly<Record<string, readonly string[]>>;
  /** The cookies of the response that the browser did not keep, and why; absent where there are none. */
  readonly refusedCookies?: readonly RefusedCookie[];
}

/** The page may use the response. */
export interface AllowedFetch {
  readonly allowed: true;
  /** The status that the script sees: 0 for opaque responses. */
  readonly status: number;
  readonly type: 'basic' | 'cors' | 'opaque' | 'opaqueredirect';
  /** The URL after redirects; empty for opaque responses. */
  readonly url: string;
  readonly redirected: boolean;
  /** Only what the script may see. */
  readonly headers: Headers;
  /** Can be read once, by this or by {@link text} or {@link json}; `null` for opaque responses. */
  readonly body: ReadableStream<Uint8Array> | null;
  text(): Promise<string>;
  json(): Promise<unknown>;
  /** Every request on the wire, in order. */
  readonly exchange: readonly WireRequest[];
}

/** The browser keeps the response from the page, or did not send the request at all. */
export interface BlockedFetch {
  readonly allowed: false;
  readonly reason: CorsErrorName;
  /** The thing that the check objected to: a header value, a header name, a status. */
  readonly detail?: string;
  /** 0, or the number of redirects followed before. */
  readonly hop: number;
  /** Which check failed, on which values, and what to change. */
  readonly message: string;
  /** Every request on the wire, in order: the server may well have done its work. */
  readonly exchange: readonly WireRequest[];
}

/** The outcome of {@link Page.fetch}. */
export type FetchResult = AllowedFetch | BlockedFetch;
