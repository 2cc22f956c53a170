import type { CorsPathOptions } from '../../config/module/module-options.js';
import type { CorsPolicyOptions } from '../../config/policies/policy-options.js';
import type { CorsManifest, CorsManifestPolicyName } from '../../inspect/manifest/manifest.js';
import { optionsOf } from './ceiling.js';
import { type Entry, intersectEntries } from './entries.js';
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

/** A place of a manifest. */
interface Place extends Omit<Entry, 'policy'> {
  readonly policy: CorsManifestPolicyName;
  readonly where: string;
}

/**
 * The policies of a service as entries of a gateway's `paths`. Parameters and wildcards become prefixes: `/orders/:id` is
 * `/orders/*rest`. Routes without a policy give no entry, what the gateway says holds there.
 *
 * @param manifests one, or those of all versions of the service that run at once: then what all of them permit, and a place
 * that one of them does not know is closed
 *
 * @throws CorsNarrowingError where a manifest is wider than `within`, or where one prefix would need two policies
 *
 * @publicApi
 */
export function manifestPaths(
  manifests: CorsManifest | readonly CorsManifest[],
  { prefix = '', within }: ManifestPathsOptions,
): readonly CorsPathOptions[] {
  const [first = [], ...others] = [manifests].flat().map((one) => entriesOf(one, within));
  const entries = others.reduce<readonly Entry[]>(intersectEntries, first);
  const front = prefix.replace(/\/$/, '');
  return entries.map((entry) => ({
    path: pathOf(entry, front),
    ...(entry.method !== 'ALL' && { methods: [entry.method] }),
    policy: entry.policy && optionsOf(entry.policy, within),
  }));
}

function pathOf({ path, prefix }: Pick<Entry, 'path' | 'prefix'>, front: string): string {
  const target = `${front}${path === '/' ? '' : path}`;
  if (prefix) return `${target}/*rest`;
  return target === '' ? '/' : target;
}

function entriesOf(manifest: CorsManifest, within: CorsPolicyOptions): readonly Entry[] {
  const { policies } = narrowManifest(manifest, within);
  const places = distinct(
    [...routePlaces(manifest), ...entryPlaces(manifest)],
    manifest.service ?? 'manifest',
  );
  return places.flatMap(({ path, prefix, method, policy }): Entry[] => {
    if (policy === null || policy === 'paths' || policy === 'passthrough') return [];
    return [{ path, prefix, method, policy: policy !== false && (policies[policy] ?? false) }];
  });
}

function routePlaces({ routes }: CorsManifest): readonly Place[] {
  return routes.map(({ method, path, policy, handler }) => ({
    ...asEntry(path),
    method,
    policy,
    where: `${method} ${path} (${handler})`,
  }));
}

function entryPlaces({ paths }: CorsManifest): readonly Place[] {
  return paths.flatMap(({ path, prefix, methods, policy, declared }) =>
    (methods ?? ['ALL']).map((method) => ({ path, prefix, method, policy, where: declared })),
  );
}

/** Up to the first part that is no text. */
function asEntry(path: string): Pick<Entry, 'path' | 'prefix'> {
  const parts = path.split('/');
  const open = parts.findIndex((part) => /[:*{}()?+[\]!\\]/.test(part));
  if (open === -1) return { path, prefix: false };
  return { path: parts.slice(0, open).join('/') || '/', prefix: true };
}

/** One entry a path and method: two policies for it would be a guess. */
function distinct(places: readonly Place[], service: string): readonly Place[] {
  const known = new Map<string, Place>();
  const issues: CorsNarrowingIssue[] = [];
  for (const place of places) {
    const path = pathOf(place, '');
    const key = `${place.method} ${path}`;
    const other = known.get(key);
    if (other === undefined) known.set(key, place);
    else if (other.policy !== place.policy) {
      const message = `it would be ${path} in \`paths\`, as ${other.where} is, under another policy; give both one policy, or write the entry by hand`;
      issues.push({ where: `${service}: ${place.where}`, option: 'path', message });
    }
  }
  if (issues.length > 0) throw new CorsNarrowingError(issues);
  return [...known.values()];
}
