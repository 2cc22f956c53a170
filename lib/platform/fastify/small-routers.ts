import { RouteIndex, type Patterned, type RouteGroup } from '../index/route-index.js';

/** Request targets that mean the same to every router: nothing to decode or to drop. */
const PLAIN_TARGET = /^(?:\/[A-Za-z0-9_.~-]+)+(?:\?|$)|^\/(?:\?|$)/;

/** More sets of candidates than routes are remembered, but not without a bound: targets choose them. */
const SPARE = 1000;

/** The routes to ask about a target, made into a router. */
export interface SmallRouter<Router> {
  readonly router: Router;
  /** The only group of routes that could match, where the path alone decides about them. */
  readonly group: object | undefined;
  /** It has all routes: no look at the path has ruled any out. */
  readonly isWhole: boolean;
}

/**
 * Routers for the few routes that could match at a target, remembered by these. They answer as one of all routes would,
 * which is asked where a target is not plain, or has a segment that is too long for a parameter: a route that does not match
 * has a say then.
 */
export class SmallRouters<Route extends Patterned, Router> {
  private readonly index: RouteIndex<Route>;
  private readonly known = new Map<number | string, SmallRouter<Router>>();
  private whole: SmallRouter<Router> | undefined;

  constructor(
    private readonly routes: readonly Route[],
    private readonly make: (routes: readonly Route[]) => Router,
    private readonly longestParam: number,
  ) {
    this.index = new RouteIndex(routes);
  }

  at(target: string): SmallRouter<Router> {
    const query = target.indexOf('?');
    const path = query === -1 ? target : target.slice(0, query);
    if (!PLAIN_TARGET.test(target) || this.isTooLong(path))
      return (this.whole ??= { router: this.make(this.routes), group: undefined, isWhole: true });
    const groups = this.index.candidates(path);
    const [first] = groups;
    const key = groups.length === 1 && first ? first.id : groups.map(({ id }) => id).join();
    return this.known.get(key) ?? this.remember(key, groups);
  }

  private remember(
    key: number | string,
    groups: readonly RouteGroup<Route>[],
  ): SmallRouter<Router> {
    if (this.known.size >= this.routes.length + SPARE) this.known.clear();
    const routes = groups.flatMap((group) => group.routes);
    routes.sort((left, right) => left.index - right.index);
    const [first] = groups;
    const group = groups.length === 1 && first?.bound === false ? first : undefined;
    const small = { router: this.make(routes), group, isWhole: false };
    this.known.set(key, small);
    return small;
  }

  /** Looks back from the furthest slash that ends a segment in time, so that many short segments cost no more than a few. */
  private isTooLong(path: string): boolean {
    let start = 1;
    while (path.length - start > this.longestParam) {
      const slash = path.lastIndexOf('/', start + this.longestParam);
      if (slash < start) return true;
      start = slash + 1;
    }
    return false;
  }
}
