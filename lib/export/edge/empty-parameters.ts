import type { CorsManifestRoute } from '../../inspect/manifest/manifest.js';
import { COMMON_METHODS } from '../../protocol/methods.js';
import { ManifestRules } from '../rules/manifest-rules.js';
import type { RoutePattern } from '../rules/route-pattern.js';
import type { Template } from '../rules/targets.js';

/** The rules of a path that a trailing slash leaves without its last parameter. */
export interface EmptyParameters {
  /** Without the routes that Nest turns the path away from, and the wildcards that Fastify does not ask then. */
  readonly rules: ManifestRules;
  /** Fastify leads the method to such a route: a request has its policy, a preflight has not. */
  readonly emptied: (method: string) => boolean;
}

/** Fastify leads `/orders/` to `/orders/:id`, where Nest turns it away. */
export function withoutEmpty(rules: ManifestRules, path: string): EmptyParameters {
  const methods = new Set(
    rules.manifest.platform.name === 'fastify' && path.endsWith('/')
      ? rules.routes
          .filter(({ pattern }) => isParentOf(path, pattern))
          .map(({ route }) => route.method)
      : [],
  );
  const emptied = (method: string): boolean =>
    methods.has('ALL') || methods.has(method) || (method === 'HEAD' && methods.has('GET'));
  if (methods.size === 0) return { rules, emptied };
  const { routes, ...rest } = rules.manifest;
  const others = routes.flatMap((route) => without(methods, route));
  return { rules: new ManifestRules({ ...rest, routes: others }), emptied };
}

/** Without a parameter at the end. */
export function parentOf({ segments, open }: Template): readonly Template[] {
  const isEmptied = !open && segments.length > 0 && segments.at(-1) === undefined;
  return isEmptied ? [{ segments: segments.slice(0, -1), open: false }] : [];
}

/** The path is that of the pattern with an empty parameter at the end. */
function isParentOf(path: string, { segments, matches }: RoutePattern): boolean {
  return (
    segments.at(-1)?.kind === 'parameter' &&
    segments.length === path.split('/').length - 1 &&
    matches(`${path}x`)
  );
}

/** The route for all methods but these. */
function without(
  methods: ReadonlySet<string>,
  route: CorsManifestRoute,
): readonly CorsManifestRoute[] {
  if (methods.has('ALL') || methods.has(route.method)) return [];
  if (route.method !== 'ALL') return [route];
  const others = COMMON_METHODS.filter((method) => !methods.has(method));
  return others.map((method) => ({ ...route, method }));
}
