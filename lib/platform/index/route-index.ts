import { hasSegments } from './pattern-shape.js';
import { IndexNode, type Patterned, type RouteGroup } from './index-node.js';

export type { Patterned, RouteGroup } from './index-node.js';

const SLASH = 0x2f;

/**
 * Narrows a request path to the groups of routes that could match it, segment by segment. It never decides: whoever asks
 * verifies with the platform's router. What it cannot tell apart (wildcards, groups, expressions) it always offers. It is
 * built where paths lead, on the way.
 */
export class RouteIndex<Route extends Patterned> {
  private readonly root: IndexNode<Route>;

  constructor(routes: readonly Route[]) {
    this.root = new IndexNode({ groups: 0 });
    for (const route of routes) this.root.add(route, hasSegments(route.pattern) ? 1 : undefined);
  }

  /** The groups that could match, in the order in which the first route of each was registered. */
  candidates(path: string): readonly RouteGroup<Route>[] {
    const found: RouteGroup<Route>[] = [];
    collect(this.root, segmentsOf(path.toLowerCase()), 0, path.endsWith('/'), found);
    return found.length > 1 ? found.sort(byRegistration) : found;
  }
}

function byRegistration<Route extends Patterned>(
  left: RouteGroup<Route>,
  right: RouteGroup<Route>,
): number {
  return (left.routes[0]?.index ?? 0) - (right.routes[0]?.index ?? 0);
}

/** Trailing slashes add no segment: routers that care are asked when the candidate is verified. */
function segmentsOf(path: string): string[] {
  let end = path.length;
  while (path.charCodeAt(end - 1) === SLASH) end--;
  const start = path.indexOf('/') + 1;
  return start === 0 || start > end ? [] : path.slice(start, end).split('/');
}

/** @param slash whether the path ends with a slash: a parameter of some routers may be empty (`/a/` is `/a/:id`) */
function collect<Route extends Patterned>(
  node: IndexNode<Route>,
  segments: readonly string[],
  depth: number,
  slash: boolean,
  found: RouteGroup<Route>[],
): void {
  const { open, ending, literals, param } = node.branches();
  for (const group of open) found.push(group);
  const segment = segments[depth];
  if (segment === undefined) {
    for (const group of ending) found.push(group);
    if (slash && param !== undefined) collect(param, segments, depth, false, found);
    return;
  }
  const literal = literals.get(segment);
  if (literal !== undefined) collect(literal, segments, depth + 1, slash, found);
  if (param !== undefined) collect(param, segments, depth + 1, slash, found);
}
