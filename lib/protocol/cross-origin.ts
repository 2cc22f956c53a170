import type { IncomingHttpHeaders } from 'node:http';
import { defaultPort, parseOrigin } from './origin/grammar.js';

/** The server as the client addressed it, as far as the server knows. */
export interface Addressed {
  /** Host and port: `api.example.com`, `localhost:3000`. */
  readonly authority: string | undefined;
  /** `undefined` where a proxy may have ended TLS without saying so: both are then the server's own. */
  readonly scheme: 'http' | 'https' | undefined;
}

/**
 * Tells a request that comes from another origin than the one it is addressed to. `Sec-Fetch-Site` decides
 * where the browser sends it (Fetch Metadata); else the `Origin` is compared with what was addressed.
 */
export function isCrossOrigin(headers: IncomingHttpHeaders, addressed: Addressed): boolean {
  const { origin } = headers;
  if (!origin) return false;
  return saysCrossOrigin(headers) ?? !isOwnOrigin(origin, addressed);
}

/**
 * As {@link isCrossOrigin}, and also for requests without an `Origin`: script and image elements send none (Fetch, "append a
 * request `Origin` header": GET and HEAD in "no-cors" mode), but browsers say where their page stands.
 */
export function isFromElsewhere(headers: IncomingHttpHeaders, addressed: Addressed): boolean {
  return headers.origin ? isCrossOrigin(headers, addressed) : saysCrossOrigin(headers) === true;
}

/** Fetch Metadata, "`Sec-Fetch-Site`"; `undefined` where the browser does not send it, or where it is no browser. */
export function saysCrossOrigin(headers: IncomingHttpHeaders): boolean | undefined {
  const site = headers['sec-fetch-site'];
  return site === undefined ? undefined : site !== 'same-origin' && site !== 'none';
}

function isOwnOrigin(origin: string, { authority, scheme }: Addressed): boolean {
  const parsed = parseOrigin(origin);
  if (parsed === undefined || authority === undefined) return false;
  if (scheme === undefined ? !isWeb(parsed.scheme) : parsed.scheme !== scheme) return false;
  const asked = authority.toLowerCase();
  if (parsed.port !== '') return asked === `${parsed.host}:${parsed.port}`;
  return asked === parsed.host || asked === `${parsed.host}:${defaultPort(parsed.scheme)}`;
}

/** The schemes that an HTTP server can be addressed by: `ftp://api.example.com` is another origin. */
function isWeb(scheme: string): boolean {
  return scheme === 'http' || scheme === 'https';
}
