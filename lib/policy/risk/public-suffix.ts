/** The public suffix of a host, `null` when it has none (an IP address). */
export type PublicSuffixOf = (host: string) => string | null;

interface Tldts {
  getPublicSuffix(host: string, options: { allowPrivateDomains: boolean }): string | null;
}

const NOT_INSTALLED: ReadonlySet<unknown> = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

/**
 * The Public Suffix List as `tldts` packages it, or `undefined` when `tldts` is not installed. Optional, because it weighs
 * 3.7 MB on disk, 35 ms of start-up and 13 MB of memory, and only matters to policies with wildcards. Loaded on demand.
 *
 * @param load for tests
 */
export async function loadPublicSuffixOf(
  load: () => Promise<Tldts> = () => import('tldts'),
): Promise<PublicSuffixOf | undefined> {
  try {
    const { getPublicSuffix } = await load();
    // The private section is what lists github.io and vercel.app.
    return (host) => getPublicSuffix(host, { allowPrivateDomains: true });
  } catch (error) {
    if (isNotInstalled(error)) return undefined;
    throw error;
  }
}

function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_INSTALLED.has(error.code);
}
