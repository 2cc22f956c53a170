import type { IncomingHttpHeaders } from 'node:http';

/** A CORS-preflight request as it came in. */
export interface PreflightHeaders {
  readonly origin: string;
  readonly method: string;
  /** `Access-Control-Request-Headers`; `undefined` when absent. */
  readonly headers: string | undefined;
}

/**
 * Fetch, "CORS-preflight request": `OPTIONS` with a non-empty `Origin` and `Access-Control-Request-Method`. Any other
 * `OPTIONS` request is an ordinary request.
 */
export function readPreflight(
  method: string | undefined,
  headers: IncomingHttpHeaders,
): PreflightHeaders | undefined {
  if (method !== 'OPTIONS') return undefined;
  const { origin } = headers;
  const requested = headers['access-control-request-method'];
  if (!origin || requested === undefined) return undefined;
  return { origin, method: requested, headers: headers['access-control-request-headers'] };
}
