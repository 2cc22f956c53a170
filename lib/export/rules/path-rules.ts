import type { CorsManifestPath } from '../../inspect/manifest/manifest.js';
import type { PatternSegment } from './route-pattern.js';

/** The path of an entry as that of a route would be read. */
export function entryPattern({
  path,
  prefix,
}: Pick<CorsManifestPath, 'path' | 'prefix'>): readonly PatternSegment[] {
  const fixed = path.split('/').filter(Boolean);
  const segments = fixed.map((text) => ({ kind: 'static' as const, text }));
  return prefix ? [...segments, { kind: 'rest' }] : segments;
}

/**
 * The `paths` entry that covers a path: exact before the longest prefix, and of one path the entry that names the method
 * before the one for any.
 */
export function selectPath(
  entries: readonly CorsManifestPath[],
  method: string,
  path: string,
  caseSensitive: boolean,
): CorsManifestPath | undefined {
  const target = normal(path, caseSensitive);
  let best: CorsManifestPath | undefined;
  for (const entry of entries) {
    if (!isFor(entry, method) || !covers(entry, target, caseSensitive)) continue;
    if (best === undefined || beats(entry, best)) best = entry;
  }
  return best;
}

function isFor({ methods }: CorsManifestPath, method: string): boolean {
  if (methods === null || methods.includes(method)) return true;
  return method === 'HEAD' && methods.includes('GET');
}

function covers(
  { path, prefix }: CorsManifestPath,
  target: string,
  caseSensitive: boolean,
): boolean {
  const own = normal(path, caseSensitive);
  return target === own || (prefix && (own === '' || target.startsWith(`${own}/`)));
}

function beats(entry: CorsManifestPath, other: CorsManifestPath): boolean {
  const longer = length(entry) - length(other);
  if (longer !== 0) return longer > 0;
  if (entry.prefix !== other.prefix) return other.prefix;
  return entry.methods !== null && other.methods === null;
}

function length({ path }: CorsManifestPath): number {
  return path.split('/').filter(Boolean).length;
}

/** Without doubled and trailing slashes; the root is the empty text. */
function normal(path: string, caseSensitive: boolean): string {
  const joined = path.split('/').filter(Boolean);
  const text = joined.length === 0 ? '' : `/${joined.join('/')}`;
  return caseSensitive ? text : text.toLowerCase();
}
