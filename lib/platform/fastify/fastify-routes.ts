import type { IncomingMessage } from 'node:http';
import { sameId, type NestRoute } from '../../routes/nest-route.js';
import type { Patterned } from '../index/route-index.js';
import type { RouteMatch, RoutesAtTarget } from '../../routes/route-lookup.js';
import type { Exchange } from '../exchange.js';
import type { AdapterRefusals } from './nest-route-checks.js';
import type { FastifyRouteOptions } from './fastify-instance.js';
import { AnyMethod } from './any-method.js';
import { VARIANT, variantStrategy } from './version-constraint.js';
import { SmallRouters, type SmallRouter } from './small-routers.js';
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

/** As find-my-way has it. */
const DEFAULT_LONGEST_PARAM = 100;

/** Nobody reads the query of a route that is only asked about. */
const querystringParser = (): object => ({});

/** A route as Fastify is told about it. */
interface RegisteredRoute extends Patterned {
  readonly pattern: string;
  readonly methods: readonly string[];
  readonly constraints: object;
  readonly stored: StoredRoute;
}

/** Answers for Fastify's router about methods that the request at hand does not have. */
export class FastifyRouteTable {
  private readonly routes: RegisteredRoute[] = [];
  private readonly methods = new Set<string>();
  private readonly variants: (string | undefined)[] = [undefined];
  private readonly options: object;
  private readonly shared: object;
  private readonly longestParam: number;
  private routers: SmallRouters<RegisteredRoute, FindMyWay> | undefined;
  private anyMethod: AnyMethod | undefined;

  constructor(
    private readonly findMyWay: FindMyWayConstructor,
    config: Record<string, unknown>,
    private readonly refusals: AdapterRefusals,
  ) {
    this.shared = Object.fromEntries(ROUTER_OPTIONS.map((key) => [key, config[key]]));
    this.longestParam = (config['maxParamLength'] as number | undefined) ?? DEFAULT_LONGEST_PARAM;
    this.options = {
      ...this.shared,
      querystringParser,
      constraints: { [VARIANT]: variantStrategy() },
    };
  }

  add({ method, url, constraints }: FastifyRouteOptions, stored: StoredRoute): void {
    const { host, ...others } = constraints ?? {};
    const variant = this.variantOf(others);
    const kept = {
      ...(host === undefined ? {} : { host }),
      ...(variant === undefined ? {} : { [VARIANT]: variant }),
    };
    const methods = [method].flat();
    for (const name of methods) this.methods.add(name);
    this.routes.push({
      pattern: url,
      index: this.routes.length,
      methods,
      constraints: kept,
      bound: host !== undefined || variant !== undefined || stored.accepts !== undefined,
      stored,
    });
    this.routers = undefined;
    this.anyMethod = undefined;
  }

  at({ url, request }: Exchange): RoutesAtTarget {
    this.routers ??= new SmallRouters(
      this.routes,
      (routes) => this.routerOf(routes),
      this.longestParam,
    );
    const host = request.headers.host ?? authorityOf(request);
    return new FastifyRoutesAtTarget(this, this.routers.at(url), url, host);
  }

  /** Some route takes the target, whatever its method. */
  takes(url: string): boolean {
    this.anyMethod ??= new AnyMethod(
      this.findMyWay,
      this.shared,
      this.routes.map(({ pattern }) => pattern),
    );
    return this.anyMethod.takes(url);
  }

  match(router: FindMyWay, method: string, url: string, host: string | undefined): RouteMatch {
    // Fastify 4 keeps its trees in an object that inherits: a method like `__proto__` would be found there.
    if (!this.methods.has(method) || !this.refusals.isRoutableTarget(url)) return 'none';
    if (this.variants.length === 1) return this.find(router, method, url, { host });
    return this.matchVariants(router, method, url, host);
  }

  /** A route bound to what a preflight cannot carry decides only if every variant comes to the same policy. */
  private matchVariants(
    router: FindMyWay,
    method: string,
    url: string,
    host: string | undefined,
  ): RouteMatch {
    const [plain, ...variants] = this.variants.map((variant) =>
      this.find(router, method, url, { host, [VARIANT]: variant }),
    );
    let first: RouteMatch = plain ?? 'none';
    for (const match of variants) {
      if (match === 'none' || match === first) continue;
      if (first !== 'none' && !sameId(declaredBy(first), declaredBy(match))) return 'undecidable';
      if (first === 'none') first = match;
    }
    return first;
  }

  private find(router: FindMyWay, method: string, url: string, constraints: object): RouteMatch {
    const found = router.find(method, url, constraints);
    if (found === null) return 'none';
    const { route, accepts } = found.store as StoredRoute;
    if (route === undefined) return 'other';
    if (accepts !== undefined && !accepts(url)) return 'none';
    return this.refusals.emptyParams || !hasEmptyParam(found.params) ? route : 'none';
  }

  private routerOf(routes: readonly RegisteredRoute[]): FindMyWay {
    const router = this.findMyWay(this.options);
    for (const { pattern, methods, constraints, stored } of routes) {
      for (const method of methods) {
        try {
          router.on(method, pattern, { constraints }, () => undefined, stored);
        } catch {
          // Fastify is told the same: it refuses the route, or keeps the first as we do (its own HEAD routes).
        }
      }
    }
    return router;
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
  private isTaken: boolean | undefined;

  constructor(
    private readonly table: FastifyRouteTable,
    private readonly small: SmallRouter<FindMyWay>,
    private readonly url: string,
    private readonly host: string | undefined,
  ) {}

  get group(): object | undefined {
    return this.small.group;
  }

  match(method: string): RouteMatch {
    const { router, isWhole } = this.small;
    this.isTaken ??= !isWhole || this.table.takes(this.url);
    return this.isTaken ? this.table.match(router, method, this.url, this.host) : 'none';
  }
}

function authorityOf({ headers }: IncomingMessage): string | undefined {
  return headers[':authority'] as string | undefined;
}

function hasEmptyParam(params: Readonly<Record<string, string | undefined>>): boolean {
  for (const name of Object.keys(params)) if (params[name] === '' && name !== '*') return true;
  return false;
}

function declaredBy(match: RouteMatch): NestRoute['declared'] {
  return typeof match === 'object' ? match.declared : undefined;
}
