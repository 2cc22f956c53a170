import { parse } from 'node:url';
import { sameId, type NestRoute } from '../../routes/nest-route.js';
import type { Patterned } from '../index/partitioned-routes.js';
import type { RouteMatch, RoutesAtTarget } from '../../routes/route-lookup.js';
import { SegmentTrie, shapeOf } from '../index/segment-trie.js';
import { handlesMethod, servedBy, type ExpressLayer, type ExpressRoute } from './express-layers.js';

interface RouteLayer extends ExpressLayer {
  readonly route: ExpressRoute;
}

/** A layer that requests may end at. */
export interface PatternedLayer extends Patterned {
  readonly layer: RouteLayer;
}

/** Routes whose patterns match the same paths. */
interface RouteGroup {
  /** In the router's order. */
  readonly routes: PatternedLayer[];
  /** Whether the host decides too. */
  hostBound: boolean;
}

/**
 * Finds the layers of the real router that match a path, in its order. The trie only narrows them down; each group is
 * verified by a layer's own matcher.
 */
export class ExpressRouteTable {
  private readonly trie = new SegmentTrie();
  private readonly groups: RouteGroup[];

  constructor(layers: readonly PatternedLayer[]) {
    this.groups = groupByShape(layers);
    for (const [index, { routes }] of this.groups.entries()) {
      this.trie.add(routes[0]?.layer.route.path, index);
    }
  }

  at(url: string, hostname: () => string): RoutesAtTarget {
    const groups = this.matching(pathOf(url));
    const [first] = groups;
    if (first !== undefined && groups.length === 1) {
      const alike = first.hostBound ? undefined : first;
      return new ExpressRoutesAtTarget(first.routes, hostname, alike);
    }
    const routes = groups.flatMap((group) => group.routes);
    routes.sort((left, right) => left.index - right.index);
    return new ExpressRoutesAtTarget(routes, hostname, undefined);
  }

  /** Stops at a layer that cannot decode the path: Express serves no route after that (400). */
  private matching(path: string | null): readonly RouteGroup[] {
    const matching: RouteGroup[] = [];
    if (path === null) return matching;
    try {
      for (const index of this.trie.candidates(path)) {
        const group = this.groups[index];
        if (group?.routes[0]?.layer.match(path)) matching.push(group);
      }
    } catch {
      return matching;
    }
    return matching;
  }
}

class ExpressRoutesAtTarget implements RoutesAtTarget {
  constructor(
    private readonly matching: readonly PatternedLayer[],
    private readonly hostname: () => string,
    /** The group of all these routes, where the path alone chooses between them. */
    private readonly alike: RouteGroup | undefined,
  ) {}

  alikeTo(): RouteGroup | undefined {
    return this.alike;
  }

  /**
   * A handler that is not Nest's may pass the request on, and nothing tells whether it will: with a Nest route behind it,
   * nobody knows whose policy holds.
   */
  match(method: string): RouteMatch {
    let first: NestRoute | undefined;
    let foreign = false;
    for (const { layer } of this.matching) {
      if (!handlesMethod(layer.route, method)) continue;
      const served = servedBy(layer.route);
      foreign ||= served === undefined;
      if (served === undefined || served.hosts?.(this.hostname()) === false) continue;
      const { route } = served;
      if (foreign || (first !== undefined && !sameId(first.policy, route.policy)))
        return 'undecidable';
      first ??= route;
      if (!route.headerBound) return first;
    }
    return first ?? (foreign ? 'other' : 'none');
  }
}

/**
 * The layers that requests may end at, in the router's order.
 *
 * @param transparent routes that pass a request on: Nest's middleware, and the handler of last resort
 */
export function destinations(
  layers: readonly ExpressLayer[],
  transparent: WeakSet<ExpressRoute>,
): readonly PatternedLayer[] {
  const found: PatternedLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    if (isDestination(layer, transparent)) found.push({ pattern: layer.route.path, index, layer });
  }
  return found;
}

function isDestination(
  layer: ExpressLayer,
  transparent: WeakSet<ExpressRoute>,
): layer is RouteLayer {
  const { route } = layer;
  return route !== undefined && !transparent.has(route);
}

function groupByShape(layers: readonly PatternedLayer[]): RouteGroup[] {
  const groups = new Map<unknown, RouteGroup>();
  for (const placed of layers) {
    const { pattern, layer } = placed;
    const key = shapeOf(pattern) ?? layer;
    const group = groups.get(key) ?? { routes: [], hostBound: false };
    group.routes.push(placed);
    group.hostBound ||= servedBy(layer.route)?.hosts !== undefined;
    groups.set(key, group);
  }
  return [...groups.values()];
}

const PLAIN_TARGET = /^(\/[^?#\s]*)(?:\?[^#\s]*)?$/;

/** The path that Express' router matches; its URL parser goes by `url.parse()` for whatever is not plain. */
export function pathOf(url: string): string | null {
  const plain = PLAIN_TARGET.exec(url)?.[1];
  if (plain !== undefined) return plain;
  try {
    return parse(url).pathname;
  } catch {
    return null; // an authority that is none: Express serves no route then
  }
}
