import { COMMON_METHODS } from '../../protocol/methods.js';
import type { CorsManifest } from '../../inspect/manifest/manifest.js';

/** The common methods, and those that routes, `paths` and policies of the manifests name. */
export function methodsIn(manifests: readonly CorsManifest[]): ReadonlySet<string> {
  const named = manifests.flatMap(({ routes, paths, policies }) => [
    ...routes.map(({ method }) => method),
    ...paths.flatMap(({ methods }) => methods ?? []),
    ...Object.values(policies).flatMap(({ methods }) => methods ?? []),
  ]);
  return new Set([...COMMON_METHODS, ...named.filter((method) => method !== 'ALL')]);
}
