interface Node {
  readonly literals: Map<string, Node>;
  param: Node | undefined;
  /** Routes that end here, and routes whose rest this trie cannot tell apart. */
  readonly ending: number[];
  readonly open: number[];
}

const SLASH = 0x2f;
const LITERAL = /^[A-Za-z0-9_.~-]*$/;
const PARAM = /^:[A-Za-z_$][A-Za-z0-9_$]*$/;
/** An empty segment; a slash that is optional or repeated (Express 4). */
const BEYOND_SEGMENTS = /\/[/?+]/;
const PLAIN_PATTERN = /^(?:\/(?:[A-Za-z0-9_.~-]+|:[A-Za-z_$][A-Za-z0-9_$]*))+\/?$|^\/$/;

/**
 * Equal for patterns that match the same paths, whatever they call their parameters; `undefined` where a pattern has more
 * than literals and parameters, so that it is only like itself.
 */
export function shapeOf(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string' || !PLAIN_PATTERN.test(pattern)) return undefined;
  return pattern.replace(/:[^/]+/g, ':');
}

/**
 * Narrows a request path to the routes that could match it, by segment. It never decides: whoever asks verifies each
 * candidate with the router's own matcher. What it cannot tell apart (wildcards, groups, expressions) it always offers.
 */
export class SegmentTrie {
  private readonly root = newNode();

  /** Adds a route pattern under its registration index. */
  add(pattern: unknown, index: number): void {
    if (typeof pattern !== 'string' || BEYOND_SEGMENTS.test(pattern)) {
      this.root.open.push(index);
      return;
    }
    let node = this.root;
    for (const segment of segmentsOf(pattern)) {
      const next = childFor(node, segment);
      if (next === undefined) {
        node.open.push(index);
        return;
      }
      node = next;
    }
    node.ending.push(index);
  }

  /** Indexes of the routes that could match, in registration order. */
  candidates(path: string): readonly number[] {
    const found: number[] = [];
    collect(this.root, segmentsOf(path.toLowerCase()), 0, found);
    return found.length > 1 ? found.sort((left, right) => left - right) : found;
  }

  /** Indexes of the routes that could match a path that a pattern matches; all of them where it is no plain pattern. */
  overlapping(pattern: string): readonly number[] {
    const found: number[] = [];
    const plain = shapeOf(pattern) !== undefined;
    const segments = plain ? segmentsOf(pattern.toLowerCase()) : undefined;
    collectOverlaps(this.root, segments, 0, found);
    return found;
  }
}

function newNode(): Node {
  return { literals: new Map(), param: undefined, ending: [], open: [] };
}

/** Trailing slashes add no segment: routers that care are asked when the candidate is verified. */
function segmentsOf(path: string): string[] {
  let end = path.length;
  while (path.charCodeAt(end - 1) === SLASH) end--;
  const start = path.indexOf('/') + 1;
  return start === 0 || start > end ? [] : path.slice(start, end).split('/');
}

function childFor(node: Node, segment: string): Node | undefined {
  if (PARAM.test(segment)) return (node.param ??= newNode());
  if (!LITERAL.test(segment)) return undefined;
  const key = segment.toLowerCase();
  const child = node.literals.get(key) ?? newNode();
  node.literals.set(key, child);
  return child;
}

function collect(node: Node, segments: readonly string[], depth: number, found: number[]): void {
  for (const index of node.open) found.push(index);
  const segment = segments[depth];
  if (segment === undefined) {
    for (const index of node.ending) found.push(index);
    return;
  }
  const literal = node.literals.get(segment);
  if (literal !== undefined) collect(literal, segments, depth + 1, found);
  if (node.param !== undefined) collect(node.param, segments, depth + 1, found);
}

/** As {@link collect}, for all paths that a pattern matches; for all paths where there are no segments. */
function collectOverlaps(
  node: Node,
  segments: readonly string[] | undefined,
  depth: number,
  found: number[],
): void {
  for (const index of node.open) found.push(index);
  const segment = segments?.[depth];
  if (segment === undefined) for (const index of node.ending) found.push(index);
  if (segment === undefined && segments !== undefined) return;
  const anything = segment === undefined || PARAM.test(segment);
  const literals = anything ? [...node.literals.values()] : [node.literals.get(segment)];
  for (const next of [...literals, node.param]) {
    if (next !== undefined) collectOverlaps(next, segments, depth + 1, found);
  }
}
