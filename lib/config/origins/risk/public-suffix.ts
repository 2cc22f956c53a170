import ownRequire from '../../../own-require.cjs';

/** The public suffix of a host, `null` when it has none (an IP address). */
export type PublicSuffixOf = (host: string) => string | null;

interface Tldts {
  getPublicSuffix(host: string, options: { allowPrivateDomains: boolean }): string | null;
}

const NOT_INSTALLED = 'MODULE_NOT_FOUND';

/**
 * The Public Suffix List as `tldts` packages it, or `undefined` when `tldts` is not installed. Optional, because it weighs
 * 3.7 MB on disk, 35 ms of start-up and 13 MB of memory, and only matters to policies with wildcards. Loaded on demand.
 *
 * @param load for tests
 */
export function loadPublicSuffixOf(
  load: () => Tldts = () => ownRequire('tldts') as Tldts,
): PublicSuffixOf | undefined {
  try {
    const { getPublicSuffix } = load();
    // The private section is what lists github.io and vercel.app.
    return (host) => getPublicSuffix(host, { allowPrivateDomains: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NOT_INSTALLED) return undefined;
    throw error;
  }
}
