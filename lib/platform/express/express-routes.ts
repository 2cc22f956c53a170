import { parse } from 'node:url';
import type { HostFilter } from '../../routing/host-filter.js';
import { sameId, type NestRoute } from '../../routing/nest-route.js';
import type { RouteMatch, RoutesAtTarget } from '../../routing/route-lookup.js';
import { SegmentTrie } from '../../routing/segment-trie.js';
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

/**
 * Finds the layers of the real router that match a path, in its order. The trie only narrows them down; each is verified
 * by the layer's own matcher.
 */
export class ExpressRouteTable {
  private readonly trie = new SegmentTrie();

  constructor(
    private readonly layers: readonly ExpressLayer[],
    private readonly register: CallbackRegister,
  ) {
    for (const [index, layer] of layers.entries()) {
      if (isDestination(layer, register)) this.trie.add(layer.route.path, index);
    }
  }

  at(url: string, hostname: () => string): RoutesAtTarget {
    return new ExpressRoutesAtTarget(this.matching(pathOf(url)), this.register, hostname);
  }

  /** Stops at a layer that cannot decode the path: Express serves no route after that (400). */
  private matching(path: string | null): readonly ExpressRoute[] {
    const matching: ExpressRoute[] = [];
    if (path === null) return matching;
    try {
      for (const index of this.trie.candidates(path)) {
        const layer = this.layers[index];
        if (layer?.route !== undefined && layer.match(path)) matching.push(layer.route);
      }
    } catch {
      return matching;
    }
    return matching;
  }
}

class ExpressRoutesAtTarget implements RoutesAtTarget {
  constructor(
    private readonly matching: readonly ExpressRoute[],
    private readonly register: CallbackRegister,
    private readonly hostname: () => string,
  ) {}

  match(method: string): RouteMatch {
    let first: NestRoute | undefined;
    for (const candidate of this.matching) {
      if (!handlesMethod(candidate, method)) continue;
      const route = nestRoute(candidate, this.register);
      if (route !== undefined && !this.servesHost(route)) continue;
      if (first !== undefined && !sameId(first.policy, route?.policy)) return 'undecidable';
      first ??= route;
      if (route === undefined) return 'other';
      if (!route.headerBound) return first ?? route;
    }
    return first ?? 'none';
  }

  private servesHost(route: NestRoute): boolean {
    const filter = this.register.hostFilters.get(route);
    return filter === undefined || filter(this.hostname());
  }
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

/** The path that Express' router matches; its URL parser goes by `url.parse()` for whatever is not plain. */
function pathOf(url: string): string | null {
  const plain = /^\/[^?#\s]*/.exec(url);
  if (
    plain !== null &&
    (plain[0].length === url.length || url[plain[0].length] === '?') &&
    !/[#\s]/.test(url)
  ) {
    return plain[0];
  }
  return parse(url).pathname;
}
