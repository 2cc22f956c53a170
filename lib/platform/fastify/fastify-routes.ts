import type { IncomingMessage } from 'node:http';
import { sameId, type NestRoute } from '../../routing/nest-route.js';
import { PatternIndex } from '../../routing/pattern-index.js';
import type { RouteMatch, RoutesAtTarget } from '../../routing/route-lookup.js';
import type { Exchange } from '../exchange.js';
import type { AdapterRefusals } from './adapter-refusals.js';
import type { FastifyRouteOptions } from './fastify-instance.js';
import { VARIANT, variantStrategy } from './variant-strategy.js';
import type { FindMyWay, FindMyWayConstructor } from './find-my-way.js';

interface StoredRoute {
  /** `undefined` for routes that are not Nest's. */
  readonly route: NestRoute | undefined;
  readonly accepts: ((url: string) => boolean) | undefined;
}

const ROUTER_OPTIONS = [
  'caseSensitive',
  'ignoreTrailingSlash',
  'ignoreDuplicateSlashes',
  'useSemicolonDelimiter',
  'maxParamLength',
  'allowUnsafeRegex',
];

/** Nobody reads the query of a route that is only asked about. */
const querystringParser = (): object => ({});

/**
 * A second router with the routes, options and code of Fastify's own, asked about methods that the request at hand does
 * not have.
 */
export class FastifyRouteTable {
  private readonly router: FindMyWay;
  private readonly patterns = new PatternIndex();
  private readonly variants: (string | undefined)[] = [undefined];

  constructor(
    findMyWay: FindMyWayConstructor,
    config: Record<string, unknown>,
    private readonly refusals: AdapterRefusals,
  ) {
    const options = Object.fromEntries(ROUTER_OPTIONS.map((key) => [key, config[key]]));
    this.router = findMyWay({
      ...options,
      querystringParser,
      constraints: { [VARIANT]: variantStrategy() },
    });
  }

  add({ method, url, constraints }: FastifyRouteOptions, stored: StoredRoute): void {
    const { host, ...others } = constraints ?? {};
    const variant = this.variantOf(others);
    const bound = host !== undefined || variant !== undefined || stored.accepts !== undefined;
    this.patterns.add(url, bound);
    const kept = {
      ...(host === undefined ? {} : { host }),
      ...(variant === undefined ? {} : { [VARIANT]: variant }),
    };
    for (const name of typeof method === 'string' ? [method] : method) {
      try {
        this.router.on(name, url, { constraints: kept }, () => undefined, stored);
      } catch {
        // Fastify is told the same right after us: it refuses the route, or keeps the first as we do (its own HEAD routes).
      }
    }
  }

  at({ url, request }: Exchange): RoutesAtTarget {
    return new FastifyRoutesAtTarget(this, url, request.headers.host ?? authorityOf(request));
  }

  alikeAt(url: string): object | undefined {
    return this.patterns.alikeAt(url);
  }

  match(method: string, url: string, host: string | undefined): RouteMatch {
    if (!this.refusals.isRoutableTarget(url)) return 'none';
    if (this.variants.length === 1) return this.find(method, url, { host });
    return this.matchVariants(method, url, host);
  }

  /** A route bound to what a preflight cannot carry decides only if every variant comes to the same policy. */
  private matchVariants(method: string, url: string, host: string | undefined): RouteMatch {
    const [plain, ...variants] = this.variants.map((variant) =>
      this.find(method, url, { host, [VARIANT]: variant }),
    );
    let first: RouteMatch = plain ?? 'none';
    for (const match of variants) {
      if (match === 'none' || match === first) continue;
      if (first !== 'none' && !sameId(policyOf(first), policyOf(match))) return 'undecidable';
      if (first === 'none') first = match;
    }
    return first;
  }

  private find(method: string, url: string, constraints: object): RouteMatch {
    const found = this.router.find(method, url, constraints);
    if (found === null) return 'none';
    const { route, accepts } = found.store as StoredRoute;
    if (route === undefined) return 'other';
    if (accepts !== undefined && !accepts(url)) return 'none';
    return this.refusals.emptyParams || !hasEmptyParam(found.params) ? route : 'none';
  }

  private variantOf(constraints: Record<string, unknown>): string | undefined {
    const entries = Object.entries(constraints);
    if (entries.length === 0) return undefined;
    const variant = entries.map(([name, value]) => `${name}=${String(value)}`).join('&');
    if (!this.variants.includes(variant)) this.variants.push(variant);
    return variant;
  }
}

class FastifyRoutesAtTarget implements RoutesAtTarget {
  constructor(
    private readonly table: FastifyRouteTable,
    private readonly url: string,
    private readonly host: string | undefined,
  ) {}

  get alike(): object | undefined {
    return this.table.alikeAt(this.url);
  }

  match(method: string): RouteMatch {
    return this.table.match(method, this.url, this.host);
  }
}

function authorityOf({ headers }: IncomingMessage): string | undefined {
  return headers[':authority'] as string | undefined;
}

function hasEmptyParam(params: Readonly<Record<string, string | undefined>>): boolean {
  for (const name of Object.keys(params)) if (params[name] === '' && name !== '*') return true;
  return false;
}

function policyOf(match: RouteMatch): NestRoute['policy'] {
  return typeof match === 'object' ? match.policy : undefined;
}
