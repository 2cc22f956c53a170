import type { CorsManifest, CorsManifestPolicyName } from '../../inspect/manifest/manifest.js';
import { show } from '../../protocol/show-value.js';
import { MANIFEST } from './manifest-shape.js';

const ANEW = 'make it anew with `npx nestjs-cors manifest`';
/** Names that stand for no policy of the list. */
const RESERVED: readonly unknown[] = [false, null, 'passthrough', 'paths'];

/** @throws Error for what is no manifest of a format that is known here, and names the place where it is none */
export function assertManifest(manifest: unknown): asserts manifest is CorsManifest {
  const format = (manifest as Partial<CorsManifest> | null | undefined)?.format;
  if (format !== 1)
    throw new Error(`a manifest of format 1 is expected, this has ${show(format)}; ${ANEW}`);
  const misfit = MANIFEST(manifest);
  if (misfit !== undefined)
    throw new Error(`manifest${misfit.at} cannot be ${show(misfit.value)}; ${ANEW}`);
  checkNames(manifest as CorsManifest);
}

function checkNames({ policies, routes, paths, gateways, default: byDefault }: CorsManifest): void {
  const lists: Readonly<Record<string, readonly { readonly policy: CorsManifestPolicyName }[]>> = {
    routes,
    paths,
    gateways,
    default: [byDefault],
  };
  for (const [list, places] of Object.entries(lists))
    for (const { policy } of places)
      if (!RESERVED.includes(policy) && !Object.hasOwn(policies, policy as string))
        throw new Error(
          `manifest.${list} names ${show(policy)}, which manifest.policies lacks; ${ANEW}`,
        );
}
