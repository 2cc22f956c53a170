import { shapeOf } from './pattern-shape.js';

/** Compared as they stand by every router: nothing to decode, no pattern. */
const LITERAL = /^[A-Za-z0-9_.~-]+$/;
const PARAM = /^:[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A route as the platform was told about it. */
export interface Patterned {
  /** A pattern as the platform's router takes it. */
  readonly pattern: unknown;
  /** Its place in the order of registration. */
  readonly index: number;
  /** Something beside the path decides about it, such as a host. */
  readonly bound: boolean;
}

/** Routes whose patterns match the same paths. */
export interface RouteGroup<Route extends Patterned> {
  readonly id: number;
  /** In the order of their registration. */
  readonly routes: Route[];
  /** Something beside the path decides about one of them. */
  bound: boolean;
}

interface Branches<Route extends Patterned> {
  readonly literals: Map<string, IndexNode<Route>>;
  param: IndexNode<Route> | undefined;
  /** Of routes that end here, and of routes whose rest cannot be told apart. */
  readonly ending: RouteGroup<Route>[];
  readonly open: RouteGroup<Route>[];
}

interface Waiting<Route> {
  readonly route: Route;
  /** Where in its pattern the next segment starts; `undefined`: nothing after this tells it apart. */
  readonly start: number | undefined;
}

/** A place in the index: routes whose patterns are alike so far, divided when somebody comes by. */
export class IndexNode<Route extends Patterned> {
  private waiting: Waiting<Route>[] = [];
  private divided: Branches<Route> | undefined;

  constructor(private readonly counter: { groups: number }) {}

  add(route: Route, start: number | undefined): void {
    this.waiting.push({ route, start });
  }

  branches(): Branches<Route> {
    return (this.divided ??= this.divide());
  }

  private divide(): Branches<Route> {
    const branches: Branches<Route> = {
      literals: new Map(),
      param: undefined,
      ending: [],
      open: [],
    };
    const byShape = new Map<string, RouteGroup<Route>>();
    for (const { route, start } of this.waiting) {
      const pattern = route.pattern as string;
      if (start === undefined) branches.open.push(this.newGroup(route));
      else if (start >= pattern.length) this.end(route, branches.ending, byShape);
      else this.goOn(route, pattern, start, branches);
    }
    this.waiting = [];
    return branches;
  }

  private goOn(route: Route, pattern: string, start: number, branches: Branches<Route>): void {
    const slash = pattern.indexOf('/', start);
    const end = slash === -1 ? pattern.length : slash;
    const segment = pattern.slice(start, end);
    if (PARAM.test(segment)) {
      (branches.param ??= new IndexNode(this.counter)).add(route, end + 1);
    } else if (LITERAL.test(segment)) {
      // Some routers compare without regard to case.
      const key = segment.toLowerCase();
      const next = branches.literals.get(key) ?? new IndexNode<Route>(this.counter);
      branches.literals.set(key, next);
      next.add(route, end + 1);
    } else branches.open.push(this.newGroup(route));
  }

  private end(
    route: Route,
    ending: RouteGroup<Route>[],
    byShape: Map<string, RouteGroup<Route>>,
  ): void {
    const shape = shapeOf(route.pattern);
    const known = shape === undefined ? undefined : byShape.get(shape);
    const group = known ?? this.newGroup(route);
    if (known === undefined) ending.push(group);
    else known.routes.push(route);
    group.bound ||= route.bound;
    if (shape !== undefined) byShape.set(shape, group);
  }

  private newGroup(route: Route): RouteGroup<Route> {
    const id = this.counter.groups++;
    return { id, routes: [route], bound: route.bound };
  }
}
