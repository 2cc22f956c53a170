const FEW = 64;

const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;

/** Compared as they stand by every router: nothing to decode, no pattern. */
const LITERAL = /^[A-Za-z0-9_.~-]+$/;

/** How the next segment may begin: Express 4 has patterns where it makes the slash before it optional. */
const HARMLESS = /^[:*A-Za-z0-9_.~-]?$/;

/** A route as the platform was told about it. */
export interface Patterned {
  /** What the platform's router takes for a pattern. */
  readonly pattern: unknown;
  /** Its place in the order of registration. */
  readonly index: number;
}

interface Parts<Route extends Patterned, Table> {
  readonly byLiteral: ReadonlyMap<string, PartitionedRoutes<Route, Table>>;
  /** For targets whose segment none of the patterns has as a literal. */
  readonly others: PartitionedRoutes<Route, Table>;
}

/** What makes a table, and of how many routes without a thought. */
interface Maker<Route, Table> {
  /** Of some routes, in the order of their registration. */
  readonly make: (routes: readonly Route[]) => Table;
  readonly few: number;
}

/**
 * Many routes, told apart by the literal segments their patterns begin with, one segment after another and only where
 * requests lead. A table is made of the few that are left when somebody first asks about them; it answers as one of all
 * routes would, because the routes left out have another literal where the target has its segment.
 */
export class PartitionedRoutes<Route extends Patterned, Table> {
  private whole: Table | undefined;
  /** `null` where dividing is of no use. */
  private parts: Parts<Route, Table> | null | undefined;

  private constructor(
    private readonly routes: readonly Route[],
    /** Routes that had something else than a literal before, so that nothing after it tells them apart. */
    private readonly always: readonly Route[],
    /** Where in the patterns the next segment starts: they are alike so far. */
    private readonly start: number,
    private readonly maker: Maker<Route, Table>,
  ) {}

  static of<Route extends Patterned, Table>(
    routes: readonly Route[],
    make: (routes: readonly Route[]) => Table,
    few = FEW,
  ): PartitionedRoutes<Route, Table> {
    return new PartitionedRoutes(routes, [], 1, { make, few });
  }

  /** A table that has every route that could match at a request target. */
  at(target: string): Table {
    return target.charCodeAt(0) === SLASH ? this.from(target, 1) : this.table();
  }

  private from(target: string, start: number): Table {
    this.parts ??= this.divide();
    if (this.parts === null) return this.table();
    const slash = target.indexOf('/', start);
    const end = slash === -1 ? target.length : slash;
    const part = this.parts.byLiteral.get(target.slice(start, end));
    return part === undefined
      ? this.elsewhere(target, start, this.parts)
      : part.from(target, slash === -1 ? end : end + 1);
  }

  /** Where the segment is no literal of a pattern as it stands: by its case, by a query that follows, or not at all. */
  private elsewhere(target: string, start: number, parts: Parts<Route, Table>): Table {
    const end = endOfSegment(target, start);
    const segment = target.slice(start, end);
    const isLast = target.charCodeAt(end) !== SLASH;
    if (!LITERAL.test(segment) && !(isLast && segment === '')) return this.table();
    const part = parts.byLiteral.get(segment.toLowerCase()) ?? parts.others;
    return part.from(target, isLast ? end : end + 1);
  }

  private table(): Table {
    if (this.whole === undefined) {
      const routes = [...this.routes, ...this.always];
      this.whole = this.maker.make(routes.sort((left, right) => left.index - right.index));
    }
    return this.whole;
  }

  /** Routes without a literal here belong to every part, so there must be few. */
  private divide(): Parts<Route, Table> | null {
    const { few } = this.maker;
    if (this.routes.length <= few) return null;
    const byLiteral = new Map<string, Route[]>();
    const always = [...this.always];
    for (const route of this.routes) {
      const segment = segmentAt(route.pattern, this.start);
      const alike = segment === undefined ? always : byLiteral.get(segment);
      if (alike !== undefined) alike.push(route);
      else if (LITERAL.test(segment as string)) addTo(byLiteral, segment as string, route);
      else always.push(route);
    }
    if (always.length > few) return null;
    const part = (start: number, routes: readonly Route[]) =>
      new PartitionedRoutes(routes, always, start, this.maker);
    const parts = [...byLiteral].map(
      ([literal, routes]) => [literal, part(this.start + literal.length + 1, routes)] as const,
    );
    return { byLiteral: new Map(parts), others: part(this.start, []) };
  }
}

/** Under the literal in lower case, as some routers compare without regard to case. */
function addTo<Route>(byLiteral: Map<string, Route[]>, literal: string, route: Route): void {
  const key = literal.toLowerCase();
  const alike = byLiteral.get(key);
  if (alike === undefined) byLiteral.set(key, [route]);
  else alike.push(route);
}

function endOfSegment(target: string, start: number): number {
  let end = start;
  while (end < target.length) {
    const code = target.charCodeAt(end);
    if (code === SLASH || code === QUESTION_MARK) break;
    end += 1;
  }
  return end;
}

/** The segment of a pattern that starts there; `undefined` where what follows it has a say in what it matches. */
function segmentAt(pattern: unknown, start: number): string | undefined {
  if (typeof pattern !== 'string' || pattern.charCodeAt(start - 1) !== SLASH) return undefined;
  const end = pattern.indexOf('/', start);
  if (end === -1) return pattern.slice(start);
  return HARMLESS.test(pattern.charAt(end + 1)) ? pattern.slice(start, end) : undefined;
}
