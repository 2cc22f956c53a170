const FEW = 64;

const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;

/** Compared as they stand by every router: nothing to decode, no pattern. */
const LITERAL = /^[A-Za-z0-9_.~-]+$/;

/** What may follow a literal segment in a pattern without a say in what the segment matches. */
const HARMLESS = /^(?:$|[:*]|[A-Za-z0-9_.~-]+$)/;

/** A route as the platform was told about it. */
export interface Patterned {
  /** What the platform's router takes for a pattern. */
  readonly pattern: unknown;
}

interface Parts<Route extends Patterned, Table> {
  readonly byLiteral: ReadonlyMap<string, PartitionedRoutes<Route, Table>>;
  /** For targets whose segment none of the patterns has as a literal. */
  readonly others: PartitionedRoutes<Route, Table>;
}

/**
 * Many routes, told apart by the literal segments their patterns begin with, one segment after another and only where
 * requests lead. A table is made of the few that are left when somebody first asks about them; what is in it answers as all
 * of them would, because the routes left out have another literal where the target has its segment.
 */
export class PartitionedRoutes<Route extends Patterned, Table> {
  private whole: Table | undefined;
  /** `null` where dividing is of no use. */
  private parts: Parts<Route, Table> | null | undefined;

  /**
   * @param make builds the table of some routes, in the order of their registration
   * @param few as many routes as one table is made of without a thought
   */
  constructor(
    private readonly routes: readonly Route[],
    private readonly make: (routes: readonly Route[]) => Table,
    private readonly few = FEW,
    private readonly depth = 0,
  ) {}

  /** A table that has every route that could match at a request target. */
  at(target: string): Table {
    return target.charCodeAt(0) === SLASH ? this.from(target, 1) : this.table();
  }

  private from(target: string, start: number): Table {
    this.parts ??= this.divide();
    if (this.parts === null) return this.table();
    const end = endOfSegment(target, start);
    const segment = target.slice(start, end);
    const isLast = target.charCodeAt(end) !== SLASH;
    if (!LITERAL.test(segment) && !(isLast && segment === '')) return this.table();
    const part = this.parts.byLiteral.get(segment.toLowerCase()) ?? this.parts.others;
    return part.from(target, isLast ? end : end + 1);
  }

  private table(): Table {
    return (this.whole ??= this.make(this.routes));
  }

  /** Routes without a literal at this depth belong to every part, so there must be few. */
  private divide(): Parts<Route, Table> | null {
    if (this.routes.length <= this.few) return null;
    const byLiteral = new Map<string, Route[]>();
    const others: Route[] = [];
    for (const route of this.routes) {
      const literal = literalAt(route.pattern, this.depth);
      if (literal === undefined) {
        if (others.push(route) > this.few) return null;
        for (const part of byLiteral.values()) part.push(route);
      } else {
        const part = byLiteral.get(literal);
        if (part === undefined) byLiteral.set(literal, [...others, route]);
        else part.push(route);
      }
    }
    const divided = [...byLiteral].map(
      ([literal, routes]) => [literal, this.part(routes)] as const,
    );
    return { byLiteral: new Map(divided), others: this.part(others) };
  }

  private part(routes: readonly Route[]): PartitionedRoutes<Route, Table> {
    return new PartitionedRoutes(routes, this.make, this.few, this.depth + 1);
  }
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

/** In lower case, as some routers compare without regard to case. */
function literalAt(pattern: unknown, depth: number): string | undefined {
  if (typeof pattern !== 'string' || !pattern.startsWith('/')) return undefined;
  const segments = pattern.split('/');
  const segment = segments[depth + 1] ?? '';
  const next = segments[depth + 2] ?? '';
  return LITERAL.test(segment) && HARMLESS.test(next) ? segment.toLowerCase() : undefined;
}
