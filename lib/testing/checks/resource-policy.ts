import { getHeader, type HeaderLine } from '../wire/header-lines.js';
import { isSameOrigin, originOf, registrableDomain } from '../fetch/origin.js';

/**
 * Fetch, "cross-origin resource policy check", for a document without an embedder policy: the one thing that stops a
 * `no-cors` load. Values are case-sensitive; unknown and repeated ones count as absent.
 */
export function resourcePolicyAllows(
  lines: readonly HeaderLine[],
  url: URL,
  pageOrigin: string,
): boolean {
  const policy = getHeader(lines, 'cross-origin-resource-policy');
  if (policy === 'same-origin') return isSameOrigin(pageOrigin, originOf(url));
  if (policy === 'same-site') return isSameSite(url, pageOrigin);
  return true;
}

/** "Schemelessly same site", and a page without encryption may not embed what is encrypted. */
function isSameSite(url: URL, pageOrigin: string): boolean {
  if (!URL.canParse(pageOrigin)) return false;
  const page = new URL(pageOrigin);
  const schemesFit = page.protocol === 'https:' || url.protocol !== 'https:';
  return schemesFit && registrableDomain(page.hostname) === registrableDomain(url.hostname);
}
