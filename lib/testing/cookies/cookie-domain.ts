import { domainMatches, type Cookie } from './cookie.js';
import { isAddress, publicSuffixes } from './public-suffix.js';

/**
 * RFC 6265bis §5.7, steps 8 to 10: the hosts that a cookie is for, or `undefined` where its `Domain` is not for this host to
 * name. A host that is itself a public suffix may name itself, and nobody below it.
 */
export function cookieDomain(
  attribute: string,
  host: string,
): Pick<Cookie, 'domain' | 'hostOnly'> | undefined {
  const hostOnly = { domain: host, hostOnly: true };
  if (attribute === '') return hostOnly;
  const domain = attribute.replace(/^\./, '').toLowerCase();
  const isSuffix = publicSuffixes.isPublicSuffix(domain);
  if (host === domain && (isSuffix || isAddress(host))) return hostOnly;
  const isAllowed = domain !== '' && !isSuffix && !isAddress(host) && domainMatches(host, domain);
  return isAllowed ? { domain, hostOnly: false } : undefined;
}
