import ownPackage from '../../../own-package.cjs';

/** The public suffix of a host, `null` when it has none (an IP address). */
export type PublicSuffixOf = (host: string) => string | null;

interface Tldts {
  getPublicSuffix(host: string, options: { allowPrivateDomains: boolean }): string | null;
}

/**
 * The Public Suffix List as `tldts` packages it, or `undefined` when `tldts` is not installed. Optional, because it weighs
 * 3.7 MB on disk, 35 ms of start-up and 13 MB of memory, and only matters to policies with wildcards. Loaded on demand.
 */
export function loadPublicSuffixOf(): PublicSuffixOf | undefined {
  const tldts = ownPackage.tldts() as Tldts | undefined;
  // The private section is what lists github.io and vercel.app.
  return tldts && ((host) => tldts.getPublicSuffix(host, { allowPrivateDomains: true }));
}
