import type { CorsManifest, CorsManifestRoute } from '../../inspect/manifest/manifest.js';
import { entryPattern } from '../rules/path-rules.js';
import { type PatternSegment, readRoutePattern } from '../rules/route-pattern.js';
import { type CanonicalPath, canonicalPath, isPlainText } from './canonical-path.js';
import { checkManifest } from './check-manifest.js';
import { BEYOND, type EdgeCell } from './cell.js';
import { EdgePolicies } from './edge-policies.js';
import type { EdgePolicy } from './edge-policy.js';
import { type EdgeMethods, readEdgeMethods, representativesOf } from './edge-methods.js';
import type { Losses } from './losses.js';
import { PathCells } from './path-cells.js';
import { RouteCells } from './route-cells.js';

/** The ordered rules of a manifest and its policies, from which every engine is compiled. */
export interface EdgeTable {
  readonly digest: string;
  readonly service: string | null;
  readonly canonical: CanonicalPath;
  readonly methods: EdgeMethods;
  /** Of routes and `paths`: for engines that have no expressions. */
  readonly patterns: readonly (readonly PatternSegment[])[];
  /** Of the routes; what none matches, and what answers `beyond`, is left to `entries`. */
  readonly routes: readonly EdgeCell[];
  /** Of `paths` and `default`; the last one matches every path. */
  readonly entries: readonly EdgeCell[];
  readonly policies: readonly EdgePolicy[];
}

/** Reads a manifest; what cannot be read is a loss. */
export function readEdgeTable(manifest: CorsManifest, losses: Losses): EdgeTable {
  checkManifest(manifest, losses);
  const readable = manifest.routes.filter((route) => isReadable(route, manifest, losses));
  const methods = readEdgeMethods(manifest);
  const policies = new EdgePolicies(manifest, losses);
  const representatives = representativesOf(methods);
  const routes = new RouteCells({ ...manifest, routes: readable }, policies, representatives);
  const entries = new PathCells(manifest, policies, representatives);
  return {
    digest: manifest.digest,
    service: manifest.service,
    canonical: canonicalPath(manifest, textsOf(manifest)),
    methods,
    patterns: [...routes.patterns, ...manifest.paths.map(entryPattern)],
    routes: withoutTail(distinct(routes.all())),
    entries: distinct(entries.all()),
    policies: policies.all,
  };
}

const BOUND = {
  'host-bound': 'the controller is bound to a host; export an application of those routes alone',
  'header-bound': 'it is chosen by a header that no preflight carries; use URI versioning',
} as const;

function isReadable(route: CorsManifestRoute, manifest: CorsManifest, losses: Losses): boolean {
  const { method, path, handler } = route;
  const where = `${method} ${path} (${handler})`;
  const bound = boundBy(route);
  if (bound !== undefined) losses.add('refused', bound, where, BOUND[bound]);
  const { caseSensitive, name } = manifest.platform;
  const pattern = readRoutePattern(path, { caseSensitive, lenient: name !== 'fastify' });
  const isPlain = pattern?.segments.every(
    (segment) => segment.kind !== 'static' || isPlainText(segment.text),
  );
  if (isPlain === true) return bound === undefined;
  losses.add(
    'refused',
    'route-path',
    where,
    'engines cannot be told such a path: use text, `:parameters` and a wildcard at the end',
  );
  return false;
}

function textsOf({ routes, paths }: CorsManifest): readonly string[] {
  return [...routes, ...paths].flatMap(({ path }) =>
    path.split('/').filter((text) => isPlainText(text)),
  );
}

/** The first of equal expressions counts. */
function distinct(cells: readonly EdgeCell[]): readonly EdgeCell[] {
  const seen = new Set<string>();
  return cells.filter(({ expression, ignoresCase }) => {
    const key = `${ignoresCase} ${expression}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Cells at the end that no route serves say nothing, and are left out. */
function withoutTail(cells: readonly EdgeCell[]): readonly EdgeCell[] {
  const says = cells.map(({ answers }) =>
    [...answers.values()].some(({ policy }) => policy !== BEYOND),
  );
  return cells.slice(0, says.lastIndexOf(true) + 1);
}

/** A route whose requests the path alone does not choose cannot be told from others by an engine. */
function boundBy(route: CorsManifestRoute): 'host-bound' | 'header-bound' | undefined {
  if (route.hosts !== undefined) return 'host-bound';
  return route.headerBound === true ? 'header-bound' : undefined;
}
