import { parse } from 'node:url';
import type { HostFilter } from '../../routing/host-filter.js';
import { sameId, type NestRoute } from '../../routing/nest-route.js';
import type { RouteMatch, RoutesAtTarget } from '../../routing/route-lookup.js';
import { SegmentTrie, shapeOf } from '../../routing/segment-trie.js';
import { handlesMethod, type ExpressLayer, type ExpressRoute } from './express-layers.js';

/** What a callback on the router is to us. */
export interface CallbackRegister {
  readonly routes: WeakMap<object, NestRoute>;
  readonly hostFilters: WeakMap<NestRoute, HostFilter>;
  /** Callbacks that pass a request on: Nest's middleware, and the handler of last resort. */
  readonly transparent: WeakSet<object>;
}

interface RouteLayer extends ExpressLayer {
  readonly route: ExpressRoute;
}

/** A layer that requests may end at. */
export interface PatternedLayer {
  readonly pattern: unknown;
  readonly layer: RouteLayer;
}

/** Routes whose patterns match the same paths. */
interface RouteGroup {
  /** In the router's order. */
  readonly routes: PlacedRoute[];
  /** Whether the host decides too. */
  hostBound: boolean;
}

interface PlacedRoute {
  readonly index: number;
  readonly layer: RouteLayer;
}

/**
 * Finds the layers of the real router that match a path, in its order. The trie only narrows them down; each group is
 * verified by a layer's own matcher.
 */
export class ExpressRouteTable {
  private readonly trie = new SegmentTrie();
  private readonly groups: RouteGroup[];

  constructor(
    layers: readonly PatternedLayer[],
    private readonly register: CallbackRegister,
  ) {
    this.groups = groupByShape(layers, register);
    for (const [index, { routes }] of this.groups.entries()) {
      this.trie.add(routes[0]?.layer.route.path, index);
    }
  }

  at(url: string, hostname: () => string): RoutesAtTarget {
    const groups = this.matching(pathOf(url));
    const [first] = groups;
    if (first !== undefined && groups.length === 1) {
      const alike = first.hostBound ? undefined : first;
      return new ExpressRoutesAtTarget(first.routes, this.register, hostname, alike);
    }
    const routes = groups.flatMap((group) => group.routes);
    routes.sort((left, right) => left.index - right.index);
    return new ExpressRoutesAtTarget(routes, this.register, hostname, undefined);
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
    private readonly matching: readonly PlacedRoute[],
    private readonly register: CallbackRegister,
    private readonly hostname: () => string,
    /** The group of all these routes, where the path alone chooses between them. */
    readonly alike: RouteGroup | undefined,
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
      const route = nestRoute(layer.route, this.register);
      foreign ||= route === undefined;
      if (route === undefined || !this.servesHost(route)) continue;
      if (foreign || (first !== undefined && !sameId(first.policy, route.policy)))
        return 'undecidable';
      first ??= route;
      if (!route.headerBound) return first;
    }
    return first ?? (foreign ? 'other' : 'none');
  }

  private servesHost(route: NestRoute): boolean {
    const filter = this.register.hostFilters.get(route);
    return filter === undefined || filter(this.hostname());
  }
}

/** The layers with a route whose handlers are more than Nest's middleware, in the router's order. */
export function destinations(
  layers: readonly ExpressLayer[],
  register: CallbackRegister,
): readonly PatternedLayer[] {
  const found: PatternedLayer[] = [];
  for (const layer of layers) {
    if (isDestination(layer, register)) found.push({ pattern: layer.route.path, layer });
  }
  return found;
}

function groupByShape(layers: readonly PatternedLayer[], register: CallbackRegister): RouteGroup[] {
  const groups = new Map<unknown, RouteGroup>();
  for (const [index, { pattern, layer }] of layers.entries()) {
    const key = shapeOf(pattern) ?? layer;
    const group = groups.get(key) ?? { routes: [], hostBound: false };
    const route = nestRoute(layer.route, register);
    group.routes.push({ index, layer });
    group.hostBound ||= route !== undefined && register.hostFilters.has(route);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function isDestination(
  layer: ExpressLayer,
  { transparent }: CallbackRegister,
): layer is RouteLayer {
  return layer.route?.stack.some(({ handle }) => !transparent.has(handle as object)) ?? false;
}

/** `all()` puts one callback on the stack for each method. */
function nestRoute({ stack }: ExpressRoute, { routes }: CallbackRegister): NestRoute | undefined {
  const handle = stack[0]?.handle as object;
  return stack.every((layer) => layer.handle === handle) ? routes.get(handle) : undefined;
}

const PLAIN_TARGET = /^(\/[^?#\s]*)(?:\?[^#\s]*)?$/;

/** The path that Express' router matches; its URL parser goes by `url.parse()` for whatever is not plain. */
function pathOf(url: string): string | null {
  const plain = PLAIN_TARGET.exec(url)?.[1];
  if (plain !== undefined) return plain;
  try {
    return parse(url).pathname;
  } catch {
    return null; // an authority that is none: Express serves no route then
  }
}
