import type { PathEntry } from './path-policies.js';

type EntriesByPath = ReadonlyMap<string, readonly PathEntry[]>;

/** The entries of `paths` by path, compared with or without regard to case. */
export class PathTable {
  private readonly exact: EntriesByPath;
  private readonly prefixes: EntriesByPath;
  /** Segments of the longest prefix: how far into a path it is worth looking. */
  private readonly deepest: number;

  constructor(
    entries: readonly PathEntry[],
    private readonly caseSensitive: boolean,
  ) {
    this.exact = this.group(entries.filter((entry) => !entry.prefix));
    this.prefixes = this.group(entries.filter((entry) => entry.prefix));
    const depths = [...this.prefixes.keys()].map((path) => path.split('/').length - 1);
    this.deepest = Math.max(0, ...depths);
  }

  /** An exact path, with or without a trailing slash, beats the longest prefix. */
  find(path: string, method: string): PathEntry | undefined {
    if (!path.startsWith('/')) return undefined;
    return serving(this.exact.get(this.keyOf(path)), method) ?? this.covering(path, method)[0];
  }

  /** The prefixes that cover a path, longest first. */
  covering(path: string, method: string): readonly PathEntry[] {
    const entries = prefixesOf(this.keyOf(path), this.deepest).map((prefix) =>
      serving(this.prefixes.get(prefix), method),
    );
    return entries.filter((entry) => entry !== undefined);
  }

  /** What each path has for a method. */
  serving(method: string): readonly PathEntry[] {
    const groups = [...this.exact.values(), ...this.prefixes.values()];
    const entries = groups.map((group) => serving(group, method));
    return entries.filter((entry) => entry !== undefined);
  }

  private group(entries: readonly PathEntry[]): EntriesByPath {
    const groups = new Map<string, PathEntry[]>();
    for (const entry of entries) {
      const key = this.keyOf(entry.path);
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    return groups;
  }

  private keyOf(path: string): string {
    const key = path.endsWith('/') ? path.slice(0, -1) : path;
    return this.caseSensitive ? key : key.toLowerCase();
  }
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
