import type { CacheMode } from '../browser/profiles.js';

/** A request body; content types are inferred as in browsers. */
export type FetchBody =
  | string
  | URLSearchParams
  | FormData
  | Blob
  | ArrayBuffer
  | Uint8Array
  | ReadableStream<Uint8Array>;

/** The second argument of `fetch()`, with the browser's defaults. */
export interface FetchInit {
  /** @default 'GET' */
  readonly method?: string;
  /** Headers that only the browser may set (`Origin`, `Cookie`, `Host`, …) are dropped silently, as in browsers. */
  readonly headers?:
    Headers | Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: FetchBody | null;
  /** @default 'cors' */
  readonly mode?: 'cors' | 'no-cors' | 'same-origin';
  /** @default 'same-origin' */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** @default 'follow' */
  readonly redirect?: 'follow' | 'error' | 'manual';
  /** @default 'default' */
  readonly cache?: CacheMode;
  /** Behave as an `XMLHttpRequest` with a listener on `upload`, which asks for a preflight even of a plain POST. */
  readonly uploadListener?: boolean;
}
