import type { CacheMode } from '../browser/profiles.js';
import type { WireRequest } from './fetch-result.js';
import { isTainted, OPAQUE } from './origin.js';

/** Fetch, "response tainting": where the response stands between the page's own and a stranger's. */
export type Tainting = 'basic' | 'cors' | 'opaque';

/** The page that a fetch starts from. */
export interface PageIdentity {
  /** Serialised; `null` for opaque pages. */
  readonly origin: string;
  /** Pages with the same partition share caches, as the pages of one site do. */
  readonly partition: string;
}

/** One fetch under way: what the script asked for, and what redirects have made of it (Fetch, "request"). */
export interface FetchRecord {
  readonly page: PageIdentity;
  readonly mode: 'cors' | 'no-cors' | 'same-origin';
  readonly credentials: 'omit' | 'same-origin' | 'include';
  readonly redirect: 'follow' | 'error' | 'manual';
  readonly cache: CacheMode;
  /** A request body that cannot be sent twice. */
  readonly streaming: boolean;
  /** Fetch, "use-CORS-preflight flag": upload listeners and streams ask even for safelisted requests. */
  readonly forcePreflight: boolean;
  readonly urls: [URL, ...URL[]];
  readonly exchange: WireRequest[];
  method: string;
  /** Names in lower case. */
  headers: Map<string, string>;
  body: Uint8Array | undefined;
  tainting: Tainting;
}

export function currentUrl(record: FetchRecord): URL {
  return record.urls.at(-1) ?? record.urls[0];
}

/** Fetch, "serializing a request origin". */
export function requestOrigin(record: FetchRecord): string {
  return isTainted(record.urls, record.page.origin) ? OPAQUE : record.page.origin;
}

/** Cookies travel with this hop (Fetch, HTTP-network-or-cache fetch, "includeCredentials"). */
export function includesCredentials(record: FetchRecord): boolean {
  if (record.credentials === 'same-origin') return record.tainting === 'basic';
  return record.credentials === 'include';
}
