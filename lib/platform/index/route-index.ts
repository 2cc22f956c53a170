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
    const start = path.indexOf('/') + 1;
    collect(this.root, path, start, start === 0 ? 0 : endOf(path), found);
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
function endOf(path: string): number {
  let end = path.length;
  while (path.charCodeAt(end - 1) === SLASH) end--;
  return end;
}

/** The rest of a path lies between `start` and `end`; after a slash, a parameter of some routers may be empty (`/a/` is `/a/:id`). */
function collect<Route extends Patterned>(
  node: IndexNode<Route>,
  path: string,
  start: number,
  end: number,
  found: RouteGroup<Route>[],
): void {
  const { open, ending, literals, param } = node.branches();
  for (const group of open) found.push(group);
  if (start > end || start === 0 || end === 0) {
    for (const group of ending) found.push(group);
    if (end < path.length && param !== undefined) collectEnding(param, found);
    return;
  }
  const slash = path.indexOf('/', start);
  const stop = slash === -1 || slash > end ? end : slash;
  const segment = path.slice(start, stop);
  const literal = literals.get(segment) ?? literals.get(segment.toLowerCase());
  if (literal !== undefined) collect(literal, path, stop + 1, end, found);
  if (param !== undefined) collect(param, path, stop + 1, end, found);
}

function collectEnding<Route extends Patterned>(
  node: IndexNode<Route>,
  found: RouteGroup<Route>[],
): void {
  const { open, ending } = node.branches();
  for (const group of open) found.push(group);
  for (const group of ending) found.push(group);
}
