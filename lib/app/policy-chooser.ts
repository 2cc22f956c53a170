import type { Target } from '../platform/head.js';
import type { Exchange } from '../platform/exchange.js';
import type { HttpPlatform } from '../platform/http-platform.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { isCrossOrigin } from '../protocol/cross-origin.js';
import type { PreflightHeaders } from '../protocol/request-kind.js';
import type { Choice } from '../routes/choice.js';
import type { NestRoute, RunningRoute } from '../routes/nest-route.js';
import { PolicySelector } from '../routes/policy-selector.js';
import type { LivePolicies, Snapshot } from '../routes/snapshot.js';
import type { RoutesAtTarget } from '../routes/route-lookup.js';
import { servedMethods } from '../routes/served-methods.js';
import type { ApplicationPolicies } from './application-policies.js';

/** Finds the policy of a request by what the platform's router chose, or would choose, for it. */
export class PolicyChooser {
  /** The one pointer to the snapshot that decides: a question reads it once. */
  private known: PolicySelector | undefined;

  constructor(
    private readonly policies: ApplicationPolicies,
    readonly platform: HttpPlatform,
    /** The routes that Nest has registered so far, in order. */
    readonly routes: readonly NestRoute[],
  ) {}

  /** The policy of a handler that runs, for the target that it was given. */
  ofRoute(route: RunningRoute, { method, url }: Target): Choice {
    return this.selector.ofRoute(route, method, url);
  }

  /** The policy that a handler was declared with; `@CorsPolicy('paths')` stands for that of its target. */
  policyOf(route: RunningRoute): CompiledPolicy | undefined {
    return this.selector.policyOf(route);
  }

  /** The policy of an actual request. */
  ofRequest(exchange: Exchange, method = exchange.request.method ?? 'GET'): Choice {
    const match = this.platform.matched(exchange);
    const routes: RoutesAtTarget =
      match === undefined || match === 'none'
        ? this.platform.routesAt(exchange)
        : { match: () => match };
    return this.selector.select(routes, method, exchange.url);
  }

  /** The policy of the request that a preflight announces, and the methods to list beside it. */
  ofPreflight(
    exchange: Exchange,
    { method }: PreflightHeaders,
  ): { readonly choice: Choice; readonly listMethods: () => string } {
    const { selector } = this;
    const { url } = exchange;
    // About the server, not about a path (RFC 9110 §9.3.7): no browser sends a preflight for it.
    if (url === '*')
      return { choice: { policy: undefined, source: 'none' }, listMethods: () => '' };
    const routes = this.platform.routesAt(exchange);
    const choice = selector.select(routes, method, url);
    return { choice, listMethods: () => selector.listMethods(choice, routes, method, url) };
  }

  /** The policy of a target that no route of Nest's takes, such as a WebSocket's. */
  beyondRoutes(url: string): Choice {
    const { platform, selector } = this;
    return platform.isMounted(url)
      ? selector.ofMounted('GET', url)
      : selector.beyondNest('GET', url);
  }

  /** The request's `Origin` is another one than the origin that it is addressed to. */
  isForeign(exchange: Exchange): boolean {
    return isCrossOrigin(exchange.request.headers, this.platform.addressed(exchange));
  }

  /** The snapshot that decides now. */
  get snapshot(): Snapshot {
    return this.selector.snapshot;
  }

  /** From here on, live policies are these. Everything was compiled before: one pointer is written. */
  swap(revision: number, live: LivePolicies): void {
    this.known = this.selectorOf(revision, live);
  }

  /** Made with the first question: settings of the platform hold until then. */
  private get selector(): PolicySelector {
    this.known ??= this.selectorOf(0, this.policies.unlisted);
    return this.known;
  }

  private selectorOf(revision: number, live: LivePolicies): PolicySelector {
    const snapshot = this.policies.snapshot(this.platform.caseSensitive(), revision, live);
    return new PolicySelector(snapshot, servedMethods(this.routes));
  }
}
