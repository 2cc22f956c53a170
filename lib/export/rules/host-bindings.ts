import { textOf } from '../../inspect/manifest/manifest-texts.js';
import type { CorsManifest, CorsManifestRoute } from '../../inspect/manifest/manifest.js';

/**
 * The hosts that controllers are bound to. A binding stands for itself, in its own words: which names `/^b\./` serves
 * beside `b.example` is not told.
 */
export class HostBindings {
  /** Every host that is named, and `''` for all others. */
  readonly all: readonly string[];

  constructor(manifests: readonly CorsManifest[]) {
    const bound = manifests.flatMap(({ routes }) => routes.flatMap(({ hosts = [] }) => hosts));
    this.all = ['', ...new Set(bound.map(textOf))];
  }

  serves({ hosts }: CorsManifestRoute, host: string): boolean {
    return hosts === undefined || hosts.some((binding) => textOf(binding) === host);
  }
}
