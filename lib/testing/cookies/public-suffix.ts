import ownPackage from '../../own-package.cjs';

/** The part that is used of `tldts`, which packages the Public Suffix List. */
interface Tldts {
  getPublicSuffix(host: string, options: { allowPrivateDomains: boolean }): string | null;
}

/** The Public Suffix List as far as browsers need it: what anybody can register a name under. */
export class PublicSuffixes {
  readonly #load: () => Tldts | undefined;
  #tldts: Tldts | undefined;
  #isLoaded = false;

  /** @param load answers with nothing where `tldts` is not installed */
  constructor(load = ownPackage.tldts as () => Tldts | undefined) {
    this.#load = load;
  }

  /** Nobody may set a cookie for it: `com`, `co.uk`, `github.io`. Without `tldts`: a single label. */
  isPublicSuffix(host: string): boolean {
    return isAddress(host) ? false : this.#suffixOf(host) === host;
  }

  /** The part of a host that somebody registered: `example.com` of `api.example.com`. Without `tldts`: two labels. */
  registrableDomain(host: string): string {
    if (isAddress(host)) return host;
    const labels = this.#suffixOf(host).split('.').length + 1;
    return host.split('.').slice(-labels).join('.');
  }

  #suffixOf(host: string): string {
    // The private section is what lists github.io and vercel.app.
    const listed = this.#list()?.getPublicSuffix(host, { allowPrivateDomains: true });
    return listed ?? host.slice(host.lastIndexOf('.') + 1);
  }

  #list(): Tldts | undefined {
    if (!this.#isLoaded) this.#tldts = this.#load();
    this.#isLoaded = true;
    return this.#tldts;
  }
}

/** Loaded on demand, because most tests set no cookie for a domain. */
export const publicSuffixes = new PublicSuffixes();

export function isAddress(host: string): boolean {
  return host.startsWith('[') || /^[0-9.]+$/.test(host);
}
