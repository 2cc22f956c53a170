import { parse } from 'node:url';
import { sameId, type NestRoute } from '../../routes/nest-route.js';
import { RouteIndex, type Patterned, type RouteGroup } from '../index/route-index.js';
import type { RouteMatch, RoutesAtTarget } from '../../routes/route-lookup.js';
import { handlesMethod, servedBy, type ExpressLayer, type ExpressRoute } from './express-layers.js';

interface RouteLayer extends ExpressLayer {
  readonly route: ExpressRoute;
}

/** A layer that requests may end at. */
export interface PatternedLayer extends Patterned {
  readonly layer: RouteLayer;
}

type LayerGroup = RouteGroup<PatternedLayer>;

/**
 * Finds the layers of the real router that match a path, in its order. The index only narrows them down; each group is
 * verified by a layer's own matcher.
 */
export class ExpressRouteTable {
  private readonly index: RouteIndex<PatternedLayer>;

  constructor(layers: readonly PatternedLayer[]) {
    this.index = new RouteIndex(layers);
  }

  at(url: string, hostname: () => string): RoutesAtTarget {
    const groups = this.matching(pathOf(url));
    const [first] = groups;
    if (first !== undefined && groups.length === 1) {
      const alike = first.bound ? undefined : first;
      return new ExpressRoutesAtTarget(first.routes, hostname, alike);
    }
    const routes = groups.flatMap((group) => group.routes);
    routes.sort((left, right) => left.index - right.index);
    return new ExpressRoutesAtTarget(routes, hostname, undefined);
  }

  /** Stops at a layer that cannot decode the path: Express serves no route after that (400). */
  private matching(path: string | null): readonly LayerGroup[] {
    const matching: LayerGroup[] = [];
    if (path === null) return matching;
    try {
      for (const group of this.index.candidates(path)) {
        if (group.routes[0]?.layer.match(path)) matching.push(group);
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
    readonly group: LayerGroup | undefined,
  ) {}

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
      if (foreign || (first !== undefined && !sameId(first.declared, route.declared)))
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
    if (!isDestination(layer, transparent)) continue;
    const bound = servedBy(layer.route)?.hosts !== undefined;
    found.push({ pattern: layer.route.path, index, bound, layer });
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
