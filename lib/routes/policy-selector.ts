import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { COMMON_METHODS } from '../protocol/methods.js';
import { UNDECIDABLE_POLICY, UNDECIDABLE_REJECTING_POLICY } from '../protocol/compiled-policy.js';
import type { Choice } from './choice.js';
import { sameId, type NestRoute, type RunningRoute } from './nest-route.js';
import type { Snapshot } from './snapshot.js';
import type { RouteMatch, RoutesAtTarget } from './route-lookup.js';

/**
 * Chooses the policy of a request: that of the handler the router would run; else, for what Nest does not serve, `paths`,
 * then `default`. `paths` applies to a Nest route only where that asks for it, with `@CorsPolicy('paths')`.
 */
export class PolicySelector {
  /** Lists of methods, by what the routes at a target have in common, then by the requested method. */
  private readonly lists = new WeakMap<object, Map<string, string>>();

  constructor(
    readonly snapshot: Snapshot,
    /** The methods that the application's routes serve. */
    private readonly servedMethods: ReadonlySet<string>,
  ) {}

  select(routes: RoutesAtTarget, method: string, url: string): Choice {
    const match = routes.match(method);
    if (match === 'undecidable') return this.undecidable(method, url);
    if (match === 'none') return this.withoutRoute(routes, method, url);
    if (match === 'other') return this.beyondNest(method, url);
    if (match === 'mounted') return this.ofMounted(method, url);
    return this.ofRoute(match, method, url);
  }

  /** The policy of a route whose handler runs, or would run. */
  ofRoute(route: RunningRoute, method: string, url: string): Choice {
    const policy = this.policyOf(route);
    if (policy?.kind !== 'paths') return { policy, source: 'route', route };
    return { ...this.beyondNest(method, url), route };
  }

  /**
   * The value of `Access-Control-Allow-Methods`: the requested method, and those that this very URL serves under
   * the same policy. Browsers remember the list per URL and skip the preflight of whatever is on it, so a method whose
   * handler has another policy must never be there.
   */
  listMethods(selection: Choice, routes: RoutesAtTarget, requested: string, url: string): string {
    const { route, source } = selection;
    const alike = route && source === 'route' ? routes.group : undefined;
    if (alike === undefined || !this.servedMethods.has(requested))
      return this.findMethods(selection, routes, requested, url);
    const known = this.lists.get(alike)?.get(requested);
    if (known !== undefined) return known;
    const list = this.findMethods(selection, routes, requested, url);
    this.lists.set(
      alike,
      (this.lists.get(alike) ?? new Map<string, string>()).set(requested, list),
    );
    return list;
  }

  private findMethods(
    selection: Choice,
    routes: RoutesAtTarget,
    requested: string,
    url: string,
  ): string {
    const listed = new Set([requested]);
    for (const method of this.candidates(selection)) {
      if (this.isAlike(selection, routes, method, url)) listed.add(method);
    }
    return [...listed].sort(byListingOrder).join(', ');
  }

  /** A method that is answered for as the chosen one is: by a route as well, or by the same entry and, if any, handler. */
  private isAlike(
    { policy, source, route, entry }: Choice,
    routes: RoutesAtTarget,
    method: string,
    url: string,
  ): boolean {
    if (route !== undefined && source === 'route') {
      const match = routes.match(method);
      return typeof match === 'object' && sameId(this.policyOf(match), policy);
    }
    const other = this.select(routes, method, url);
    return other.route === route && other.entry === entry && sameId(other.policy, policy);
  }

  private candidates({ policy, source, route, entry }: Choice): Iterable<string> {
    const isOwn = route !== undefined && source === 'route';
    const served = isOwn ? this.servedMethods : (entry?.methods ?? []);
    const explicit = policy?.methods;
    return explicit === undefined ? served : [...served].filter((method) => explicit.has(method));
  }

  /** The path is routed for other methods only: their policy where they agree, so that the page can read the 404. */
  private withoutRoute(routes: RoutesAtTarget, method: string, url: string): Choice {
    const matches = [...this.servedMethods].map((served) => routes.match(served));
    const [first, ...rest] = matches.filter(isRouted);
    if (first === undefined) return this.beyondNest(method, url);
    if (!rest.every((match) => sameId(this.policyIn(match), this.policyIn(first))))
      return this.byDefault();
    const sibling = first === 'undecidable' ? undefined : first;
    const policy = this.policyIn(first);
    if (policy?.kind === 'paths') return { ...this.beyondNest(method, url), sibling };
    return { policy, source: 'route', sibling };
  }

  /** The policy of what no Nest handler serves: `paths`, else `default`. */
  beyondNest(method: string, url: string): Choice {
    const { policy, entry, rejecting } = this.snapshot.paths.select(url, method);
    const isCovered = entry !== undefined || policy?.kind === 'undecidable';
    return isCovered ? { policy, source: 'paths', entry, rejecting } : this.byDefault();
  }

  /**
   * One of several routes. Nest's own decide again before their handlers run; a raw route of the platform's has the policy
   * of whatever is not Nest's.
   */
  private undecidable(method: string, url: string): Choice {
    const { policy, rejecting } = this.beyondNest(method, url);
    const asked = rejecting ?? (policy?.reject ? [policy] : []);
    return asked.length === 0
      ? { policy: UNDECIDABLE_POLICY, source: 'route' }
      : { policy: UNDECIDABLE_REJECTING_POLICY, source: 'route', rejecting: asked };
  }

  /** A mounted application decides for itself, unless `paths` says that this one decides alone. */
  ofMounted(method: string, url: string): Choice {
    const choice = this.beyondNest(method, url);
    return choice.source === 'paths' ? choice : { policy: undefined, source: 'none' };
  }

  /** The policy that a route was declared with, as the snapshot has it. */
  policyOf({ policyIndex }: RunningRoute): CompiledPolicy | undefined {
    return policyIndex === undefined ? undefined : this.snapshot.policies[policyIndex];
  }

  private policyIn(match: NestRoute | 'undecidable'): CompiledPolicy | undefined {
    return match === 'undecidable' ? UNDECIDABLE_POLICY : this.policyOf(match);
  }

  private byDefault(): Choice {
    const policy = this.snapshot.default;
    return { policy, source: policy === undefined ? 'none' : 'default' };
  }
}

function isRouted(match: RouteMatch): match is NestRoute | 'undecidable' {
  return typeof match === 'object' || match === 'undecidable';
}

/** The common ones in their order; others follow alphabetically. */
function byListingOrder(left: string, right: string): number {
  return rank(left) - rank(right) || (left < right ? -1 : 1);
}

function rank(method: string): number {
  const index = COMMON_METHODS.indexOf(method);
  return index === -1 ? COMMON_METHODS.length : index;
}
