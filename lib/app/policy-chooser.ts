import type { Target } from '../platform/head.js';
import type { Exchange } from '../platform/exchange.js';
import type { HttpPlatform } from '../platform/http-platform.js';
import { isCrossOrigin } from '../protocol/cross-origin.js';
import type { PreflightHeaders } from '../protocol/request-kind.js';
import type { Choice } from '../routes/choice.js';
import type { NestRoute, RunningRoute } from '../routes/nest-route.js';
import { PolicySelector } from '../routes/policy-selector.js';
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

  /** Made with the first question: settings of the platform hold until then. */
  private get selector(): PolicySelector {
    if (this.known === undefined) {
      const snapshot = this.policies.snapshot(this.platform.caseSensitive());
      this.known = new PolicySelector(snapshot, servedMethods(this.routes));
    }
    return this.known;
  }
}
