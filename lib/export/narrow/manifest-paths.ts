import type { CorsPathOptions } from '../../config/module/module-options.js';
import type { CorsPolicyOptions } from '../../config/policies/policy-options.js';
import type { CorsManifest, CorsManifestPolicyName } from '../../inspect/manifest/manifest.js';
import { optionsOf } from './ceiling.js';
import { narrowManifest } from './narrow-manifest.js';
import { CorsNarrowingError, type CorsNarrowingIssue } from './narrowing-error.js';

/**
 * Where a gateway serves a service, and what it may permit at most.
 *
 * @publicApi
 */
export interface ManifestPathsOptions {
  /** In front of the service's own paths, as the gateway forwards them: `/orders-service`. Default: none. */
  readonly prefix?: string;
  /** The widest that a policy of the service may be. */
  readonly within: CorsPolicyOptions;
}

/** An entry in the making: a path, or everything below it, for a method or (`'ALL'`) any. */
interface Place {
  readonly path: string;
  readonly method: string;
  readonly policy: CorsManifestPolicyName;
  readonly where: string;
}

/**
 * The policies of a service as entries of a gateway's `paths`. Parameters and wildcards become prefixes: `/orders/:id` is
 * `/orders/*rest`. Routes without a policy give no entry, what the gateway says holds there.
 *
 * @throws CorsNarrowingError where the manifest is wider than `within`, or where one prefix would need two policies
 *
 * @publicApi
 */
export function manifestPaths(
  manifest: CorsManifest,
  { prefix = '', within }: ManifestPathsOptions,
): readonly CorsPathOptions[] {
  const { policies } = narrowManifest(manifest, within);
  const service = manifest.service ?? 'manifest';
  const places = distinct([...routePlaces(manifest), ...entryPlaces(manifest)], service);
  return places.flatMap(({ path, method, policy }): CorsPathOptions[] => {
    if (policy === null || policy === 'paths' || policy === 'passthrough') return [];
    const found = policy === false ? undefined : policies[policy];
    const target = `${prefix.replace(/\/$/, '')}${path === '/' && prefix !== '' ? '' : path}`;
    return [
      {
        path: target === '' ? '/' : target,
        ...(method !== 'ALL' && { methods: [method] }),
        policy: found === undefined ? false : optionsOf(found, within),
      },
    ];
  });
}

function routePlaces({ routes }: CorsManifest): readonly Place[] {
  return routes.map(({ method, path, policy, handler }) => ({
    path: asEntry(path),
    method,
    policy,
    where: `${method} ${path} (${handler})`,
  }));
}

function entryPlaces({ paths }: CorsManifest): readonly Place[] {
  return paths.flatMap(({ path, prefix, methods, policy, declared }) =>
    (methods ?? ['ALL']).map((method) => ({
      path: prefix ? `${path === '/' ? '' : path}/*rest` : path,
      method,
      policy,
      where: declared,
    })),
  );
}

/** Up to the first part that is no text. */
function asEntry(path: string): string {
  const parts = path.split('/');
  const open = parts.findIndex((part) => /[:*{}()?+[\]!\\]/.test(part));
  return open === -1 ? path : `${parts.slice(0, open).join('/')}/*rest`;
}

/** One entry a path and method: two policies for it would be a guess. */
function distinct(places: readonly Place[], service: string): readonly Place[] {
  const known = new Map<string, Place>();
  const issues: CorsNarrowingIssue[] = [];
  for (const place of places) {
    const key = `${place.method} ${place.path}`;
    const other = known.get(key);
    if (other === undefined) known.set(key, place);
    else if (other.policy !== place.policy) {
      const message = `it would be ${place.path} in \`paths\`, as ${other.where} is, under another policy; give both one policy, or write the entry by hand`;
      issues.push({ where: `${service}: ${place.where}`, option: 'path', message });
    }
  }
  if (issues.length > 0) throw new CorsNarrowingError(issues);
  return [...known.values()];
}
