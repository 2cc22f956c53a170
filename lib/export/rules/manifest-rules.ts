import { answeringText } from '../../inspect/manifest/answering.js';
import type {
  CorsManifest,
  CorsManifestPath,
  CorsManifestPolicyName,
  CorsManifestRoute,
} from '../../inspect/manifest/manifest.js';
import { HostBindings } from './host-bindings.js';
import { selectPath } from './path-rules.js';
import { type PatternSyntax, readRoutePattern, type RoutePattern } from './route-pattern.js';
import { COMMON_METHODS } from '../../protocol/methods.js';

/** The rule that decides about a request. */
export type CorsRule =
  | { readonly kind: 'route'; readonly route: CorsManifestRoute }
  /** The URL is routed for other methods only, all under one policy. */
  | { readonly kind: 'sibling'; readonly route: CorsManifestRoute }
  | { readonly kind: 'path'; readonly entry: CorsManifestPath }
  | { readonly kind: 'default' };

/** A rule and the policy that it leads to. */
export interface Selection {
  readonly rule: CorsRule;
  /** Never `'paths'`. */
  readonly policy: CorsManifestPolicyName;
}

interface PatternedRoute {
  readonly route: CorsManifestRoute;
  readonly pattern: RoutePattern;
}

/** The rules of a manifest: which of them decides about a method, a path and a host, in the platform's order. */
export class ManifestRules {
  readonly routes: readonly PatternedRoute[];
  /** Routes whose patterns cannot be compared with others. */
  readonly unreadable: readonly CorsManifestRoute[];
  readonly servedMethods: ReadonlySet<string>;
  private readonly isFastify: boolean;

  constructor(
    readonly manifest: CorsManifest,
    private readonly hosts: HostBindings = new HostBindings([manifest]),
  ) {
    const { name, caseSensitive } = manifest.platform;
    this.isFastify = name === 'fastify';
    const syntax: PatternSyntax = { caseSensitive, lenient: !this.isFastify };
    const read = manifest.routes.map((route) => {
      return { route, pattern: readRoutePattern(route.path, syntax) };
    });
    this.routes = read.filter((one): one is PatternedRoute => one.pattern !== undefined);
    this.unreadable = read.flatMap(({ route, pattern }) => (pattern === undefined ? [route] : []));
    this.servedMethods = new Set(manifest.routes.flatMap(methodsOf));
  }

  /** Decides as `PolicySelector` does: the route, else what the URL's other routes agree on, else `paths`, else `default`. */
  select(method: string, path: string, host: string): Selection {
    const matching = this.matching(path, host);
    const route = matching.find((one) => serves(one, method));
    if (route !== undefined) return this.of({ kind: 'route', route }, method, path);
    const served = [...this.servedMethods].flatMap(
      (other) => matching.find((one) => serves(one, other)) ?? [],
    );
    const [first, ...rest] = served;
    if (first === undefined) return this.beyondRoutes(method, path);
    const sibling = this.of({ kind: 'sibling', route: first }, method, path);
    const agree = rest.every((other) => this.isAlike(other, first));
    return agree ? sibling : this.byDefault();
  }

  /** Which rule decides depends on who reads the path: a parameter would be empty. */
  leavesEmpty(path: string): boolean {
    return this.routes.some(({ pattern }) => pattern.leavesEmpty(path));
  }

  /** The rule for a target that no route serves. */
  beyondRoutes(method: string, path: string): Selection {
    const { paths, platform } = this.manifest;
    const entry = selectPath(paths, method, path, platform.caseSensitive);
    if (entry === undefined) return this.byDefault();
    return { rule: { kind: 'path', entry }, policy: entry.policy };
  }

  private byDefault(): Selection {
    return { rule: { kind: 'default' }, policy: this.manifest.default.policy };
  }

  private of(
    rule: Extract<CorsRule, { readonly route: CorsManifestRoute }>,
    method: string,
    path: string,
  ): Selection {
    const { policy } = rule.route;
    return policy === 'paths' ? this.beyondRoutes(method, path) : { rule, policy };
  }

  private isAlike(left: CorsManifestRoute, right: CorsManifestRoute): boolean {
    return left.policy === right.policy || this.answers(left) === this.answers(right);
  }

  /** A text, equal for routes whose policies answer alike. */
  private answers({ policy }: CorsManifestRoute): CorsManifestPolicyName {
    const found = typeof policy === 'string' ? this.manifest.policies[policy] : undefined;
    return found === undefined ? policy : answeringText(found);
  }

  /** The routes that match, the one that wins first. */
  private matching(path: string, host: string): readonly CorsManifestRoute[] {
    const found = this.routes.filter(
      ({ route, pattern }) => this.hosts.serves(route, host) && pattern.matches(path),
    );
    if (this.isFastify) found.sort(bySpecificity);
    return found.map(({ route }) => route);
  }
}

function serves({ method }: CorsManifestRoute, requested: string): boolean {
  return method === 'ALL' || method === requested || (method === 'GET' && requested === 'HEAD');
}

function methodsOf({ method }: CorsManifestRoute): readonly string[] {
  if (method === 'ALL') return COMMON_METHODS;
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

const ORDER = { static: 0, parameter: 1, rest: 2 } as const;

/** find-my-way: static before parameter before wildcard, segment by segment. Sorting is stable: else the earlier. */
function bySpecificity(
  { pattern: left }: PatternedRoute,
  { pattern: right }: PatternedRoute,
): number {
  for (const [index, segment] of left.segments.entries()) {
    const other = right.segments[index];
    if (other === undefined) return 0;
    const order = ORDER[segment.kind] - ORDER[other.kind];
    if (order !== 0) return order;
  }
  return 0;
}
