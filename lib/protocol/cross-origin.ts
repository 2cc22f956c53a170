import type { IncomingHttpHeaders } from 'node:http';
import { defaultPort, parseOrigin } from './origin/grammar.js';

/**
 * Whether a request with an `Origin` comes from another origin than the one it is addressed to. `Sec-Fetch-Site` decides
 * where the browser sends it (Fetch Metadata); else host and port of the `Origin` are compared with the request's
 * authority. The scheme is not: behind a proxy that ends TLS the application sees http.
 */
export function isCrossOrigin(
  headers: IncomingHttpHeaders,
  authority: string | undefined,
): boolean {
  const { origin } = headers;
  if (!origin) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const parsed = parseOrigin(origin);
  if (parsed === undefined || authority === undefined) return true;
  const port = defaultPort(parsed.scheme);
  const addressed = authority.toLowerCase();
  const named = parsed.port === '' ? parsed.host : `${parsed.host}:${parsed.port}`;
  if (addressed === named) return false;
  return parsed.port !== '' || port === undefined || addressed !== `${parsed.host}:${port}`;
}
