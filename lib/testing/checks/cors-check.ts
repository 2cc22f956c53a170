import type { CorsCheckFailure } from './cors-error.js';
import { getHeader, type HeaderLine } from '../wire/header-lines.js';

/**
 * Fetch, "CORS check": whether a response lets this origin read it. Order and names of the failures are Chromium's.
 *
 * @param origin what the request's `Origin` header said
 * @param withCredentials whether the credentials mode is `include`, in a preflight that of the request to come
 */
export function corsCheck(
  lines: readonly HeaderLine[],
  origin: string,
  withCredentials: boolean,
): CorsCheckFailure | undefined {
  const allowed = getHeader(lines, 'access-control-allow-origin');
  if (allowed === undefined) return { reason: 'MissingAllowOriginHeader' };
  if (allowed === '*' && !withCredentials) return undefined;
  if (allowed !== origin) return mismatch(allowed);
  if (!withCredentials) return undefined;
  const credentials = getHeader(lines, 'access-control-allow-credentials');
  if (credentials === 'true') return undefined;
  return { reason: 'InvalidAllowCredentials', detail: credentials ?? '' };
}

function mismatch(allowed: string): CorsCheckFailure {
  if (allowed === '*') return { reason: 'WildcardOriginNotAllowed' };
  if (/[ ,]/.test(allowed)) return { reason: 'MultipleAllowOriginValues', detail: allowed };
  const readable = allowed === 'null' || URL.canParse(allowed);
  return { reason: readable ? 'AllowOriginMismatch' : 'InvalidAllowOriginValue', detail: allowed };
}
