import { selectionOf, type PathEntry, type PathSelection } from './path-entry.js';

/** A path, as the entries know it. */
export interface PathNode {
  /** The last segment as entries write it; `undefined` where they differ in its case. */
  readonly spelling: string | undefined;
  readonly below: ReadonlyMap<string, PathNode>;
  /** The selection of the longest prefix. */
  readonly covering: PathSelection;
  /** The selection of the path itself. */
  readonly exact: PathSelection;
  /** A rejecting policy may be selected here or below. */
  readonly mayReject: boolean;
}

interface Placed {
  readonly entry: PathEntry;
  readonly segments: readonly string[];
}

/** The tree of entries that all serve one method. Of two for one path, the first counts. */
export class PathTree {
  readonly root: PathNode;

  constructor(
    entries: readonly PathEntry[],
    uncovered: PathSelection,
    /** Segments that are equal in all but case are one. */
    readonly ignoresCase: boolean,
  ) {
    const placed = entries.map((entry) => ({
      entry,
      segments: entry.path.split('/').filter(Boolean),
    }));
    this.root = this.nodeOf('', placed, 0, uncovered);
  }

  keyOf(name: string): string {
    return this.ignoresCase ? name.toLowerCase() : name;
  }

  private nodeOf(
    spelling: string | undefined,
    placed: readonly Placed[],
    depth: number,
    inherited: PathSelection,
  ): PathNode {
    const here = placed.filter(({ segments }) => segments.length === depth);
    const [prefix, path] = [true, false].map((is) => here.find(({ entry }) => entry.prefix === is));
    const covering = prefix === undefined ? inherited : selectionOf(prefix.entry);
    const exact = path === undefined ? covering : selectionOf(path.entry);
    const below = new Map<string, PathNode>();
    for (const [key, group] of this.groupsAt(depth, placed)) {
      const [first, ...others] = group.map(({ segments }) => segments[depth]);
      const name = others.every((other) => other === first) ? first : undefined;
      below.set(key, this.nodeOf(name, group, depth + 1, covering));
    }
    const mayReject =
      covering.policy?.reject === true ||
      exact.policy?.reject === true ||
      [...below.values()].some((node) => node.mayReject);
    return { spelling, below, covering, exact, mayReject };
  }

  private groupsAt(depth: number, placed: readonly Placed[]): Map<string, Placed[]> {
    const groups = new Map<string, Placed[]>();
    for (const one of placed) {
      const name = one.segments[depth];
      if (name === undefined) continue;
      const key = this.keyOf(name);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
    return groups;
  }
}

/** Entries that differ in the case of a segment alone, so that case has to decide. */
export function hasCaseTwins({ spelling, below }: PathNode): boolean {
  return spelling === undefined || [...below.values()].some(hasCaseTwins);
}

/** Whatever may be selected somewhere in the tree. */
export function* selectionsOf({ covering, exact, below }: PathNode): Generator<PathSelection> {
  yield covering;
  yield exact;
  for (const node of below.values()) yield* selectionsOf(node);
}
