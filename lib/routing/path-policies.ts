import type { CompiledPolicy } from '../policy/compiled-policy.js';
import { UNDECIDABLE_POLICY } from '../policy/compiled-policy.js';
import { canonicalPath, rawPath } from './request-path.js';

/** A `paths` entry, read: `prefix` covers the path itself, with and without a trailing slash, and everything below it. */
export interface PathEntry {
  readonly path: string;
  readonly prefix: boolean;
  readonly methods: readonly string[] | undefined;
  readonly policy: CompiledPolicy;
  /** Expose what the upstream exposes too. */
  readonly keepExposedHeaders: boolean;
  readonly where: string;
}

type EntriesByPath = ReadonlyMap<string, readonly PathEntry[]>;

/** Finds the policy of what no Nest handler serves. */
export class PathPolicies {
  private readonly exact: EntriesByPath;
  private readonly prefixes: EntriesByPath;
  /** Where the router minds case, what is mounted beside it (middleware) or behind it may not. */
  private readonly folded: PathPolicies | undefined;
  /** Segments of the longest prefix: how far into a path it is worth looking. */
  private readonly deepest: number;

  constructor(
    entries: readonly PathEntry[],
    private readonly caseSensitive: boolean,
  ) {
    this.folded =
      caseSensitive && !hasCaseTwins(entries) ? new PathPolicies(entries, false) : undefined;
    this.exact = this.group(entries.filter((entry) => !entry.prefix));
    this.prefixes = this.group(entries.filter((entry) => entry.prefix));
    this.deepest = Math.max(
      0,
      ...[...this.prefixes.keys()].map((path) => path.split('/').length - 1),
    );
  }

  /**
   * The entry that covers a request target, or `'undecidable'` where the target as sent and its canonical form select
   * different policies: whatever serves it may decode once more than we do. The same goes for a spelling that selects
   * another policy only because of its case.
   */
  find(url: string, method: string): PathEntry | 'undecidable' | undefined {
    if (this.exact.size === 0 && this.prefixes.size === 0) return undefined;
    const raw = rawPath(url);
    const canonical = canonicalPath(raw);
    const asSent = this.findPath(raw, method);
    const readings = [
      ...(canonical === raw ? [] : [this.findPath(canonical, method)]),
      ...(this.folded === undefined || canonical === canonical.toLowerCase()
        ? []
        : [this.folded.findPath(canonical, method)]),
    ];
    const agreed = readings.every((reading) => reading?.policy.id === asSent?.policy.id);
    return agreed ? asSent : 'undecidable';
  }

  private findPath(path: string, method: string): PathEntry | undefined {
    if (!path.startsWith('/')) return undefined;
    const key = withoutTrailingSlash(this.fold(path));
    const exact = serving(this.exact.get(key), method);
    if (exact !== undefined) return exact;
    for (const prefix of prefixesOf(key, this.deepest)) {
      const entry = serving(this.prefixes.get(prefix), method);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  private group(entries: readonly PathEntry[]): EntriesByPath {
    const groups = new Map<string, PathEntry[]>();
    for (const entry of entries) {
      const key = withoutTrailingSlash(this.fold(entry.path));
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    return groups;
  }

  private fold(path: string): string {
    return this.caseSensitive ? path : path.toLowerCase();
  }
}

function hasCaseTwins(entries: readonly PathEntry[]): boolean {
  const spellings = new Set(entries.map(({ path }) => path));
  return new Set([...spellings].map((path) => path.toLowerCase())).size < spellings.size;
}

/** What `policy` is for a target that two entries disagree about. */
export function policyOf(entry: PathEntry | 'undecidable'): CompiledPolicy {
  return entry === 'undecidable' ? UNDECIDABLE_POLICY : entry.policy;
}

/** Of the entries for one path, the one that names the method beats the one for any. */
function serving(entries: readonly PathEntry[] | undefined, method: string): PathEntry | undefined {
  const served = method === 'HEAD' ? ['HEAD', 'GET'] : [method];
  return (
    entries?.find((entry) => served.some((name) => entry.methods?.includes(name))) ??
    entries?.find((entry) => entry.methods === undefined)
  );
}

/** The path's prefixes on segment boundaries, longest first, no longer than `deepest` segments. */
function prefixesOf(path: string, deepest: number): string[] {
  const prefixes = [''];
  for (
    let end = path.indexOf('/', 1);
    prefixes.length <= deepest;
    end = path.indexOf('/', end + 1)
  ) {
    if (end === -1) {
      if (path !== '') prefixes.push(path);
      break;
    }
    prefixes.push(path.slice(0, end));
  }
  return prefixes.reverse();
}

function withoutTrailingSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
