import { UNDECIDABLE_POLICY, UNDECIDABLE_REJECTING_POLICY } from '../protocol/compiled-policy.js';
import { alike, type PathSelection } from './path-entry.js';
import { segmentsOf, type Segment } from './path-segments.js';
import { selectionsOf, type PathNode, type PathTree } from './path-tree.js';
import { scanPath } from './scan-path.js';
import { decodePath } from './target-path.js';

/** For segments that may be gone; a legitimate target has few of them, and a hostile one must cost no more. */
const MAX_LOOKUPS = 16;

/**
 * Selects for a path, however a service reads it. Services disagree about encoded letters, case, `;`, `\`, `//`, encoded
 * slashes and queries; where they part, every way down the tree is followed. With entries for `/a/*` and `/a/b`, the path
 * `/a/%62` leads to both: a service that decodes sees `/a/b`, another does not. If all ways lead to policies that answer
 * alike, that is the answer; if not, the path is undecidable.
 */
export class PathReadings {
  /** For paths that may be read as any other. */
  private readonly anything: PathSelection;

  constructor(
    private readonly tree: PathTree,
    /** The platform minds case. */
    private readonly caseSensitive: boolean,
  ) {
    const found: PathSelection[] = [];
    for (const selection of selectionsOf(tree.root)) addUnlike(found, selection);
    this.anything = conclude(found);
  }

  select(path: string): PathSelection {
    const scanned = path.startsWith('/') ? scanPath(path) : undefined;
    const decoded = scanned?.isPlain ? path : scanned && decodePath(path);
    if (scanned === undefined || decoded === undefined) return this.anything;
    const found: PathSelection[] = [];
    let nodes: ReadonlySet<PathNode> = new Set([this.tree.root]);
    let lookups = 0;
    for (const segment of segmentsOf(path, decoded, scanned)) {
      if (!segment.isCertain) lookups += nodes.size;
      if (lookups > MAX_LOOKUPS) return this.anything;
      nodes = this.follow(segment, nodes, found);
      if (nodes.size === 0 || (found.length > 1 && !mayReject(nodes))) break;
    }
    const hasSlash = path !== '/' && path.endsWith('/');
    for (const { exact, covering } of nodes) {
      addUnlike(found, exact);
      // Behind an exact path, the slash may lead below it.
      if (hasSlash && covering.entry !== undefined) addUnlike(found, covering);
    }
    return conclude(found);
  }

  /** Goes on from nodes to those that a segment may lead to, and adds to `found` where a service may see no more of the tree. */
  private follow(
    segment: Segment,
    nodes: ReadonlySet<PathNode>,
    found: PathSelection[],
  ): ReadonlySet<PathNode> {
    const key = this.tree.keyOf(segment.name);
    const next = new Set(segment.isCertain ? [] : nodes);
    for (const node of nodes) {
      const child = node.below.get(key);
      if (child !== undefined) next.add(child);
      if (child === undefined || !this.isSeen(segment, child, node))
        addUnlike(found, node.covering);
    }
    return next;
  }

  /** Every service sees the child. Where the platform ignores case, one may mind it, but only below its mount. */
  private isSeen({ name, isPlain }: Segment, child: PathNode, parent: PathNode): boolean {
    const isMounted = parent.covering.entry !== undefined;
    return isPlain && (name === child.spelling || !(this.caseSensitive || isMounted));
  }
}

function addUnlike(found: PathSelection[], selection: PathSelection): void {
  if (!found.some((other) => alike(other, selection))) found.push(selection);
}

/** The one selection; of several that answer differently none, with those that reject. */
function conclude(found: readonly PathSelection[]): PathSelection {
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  const rejecting = found.flatMap(({ policy }) => (policy?.reject ? [policy] : []));
  return rejecting.length === 0 ? UNDECIDABLE : { policy: UNDECIDABLE_REJECTING_POLICY, rejecting };
}

function mayReject(nodes: ReadonlySet<PathNode>): boolean {
  for (const node of nodes) if (node.mayReject) return true;
  return false;
}

const UNDECIDABLE: PathSelection = { policy: UNDECIDABLE_POLICY };
