import type { ApplicationRisk } from '../issues/acceptable-risks.js';
import type { CorsLiveOptions } from '../live/live-options.js';
import type { CorsPolicyName, CorsPolicyOptions } from '../policies/policy-options.js';

/**
 * Who answers preflights and who writes headers.
 *
 * - `'hook'`: the adapter hook, first in line, at the moment the response head is written (Express, Fastify).
 * - `'interceptor'`: one `OPTIONS` route per served path and a global interceptor (any HTTP adapter). It cannot reach what
 *   guards, middleware, body parsers and the 404 handler answer.
 */
export type CorsStrategy = 'hook' | 'interceptor';

export const DEFAULT_STRATEGY: CorsStrategy = 'hook';

/** A policy for what no Nest handler serves: proxied, static, raw routes, GraphQL. */
export interface CorsPathOptions {
  /**
   * An exact path (`/webhooks`) or a prefix (`/billing/*rest`, which also covers `/billing` and `/billing/`), absolute as
   * the platform sees it. An exact path beats the longest prefix.
   */
  readonly path: string | readonly string[];

  /**
   * The methods that this entry is for.
   * @default any
   */
  readonly methods?: string | readonly string[];

  /** A policy, `false` to strip CORS headers, or `'passthrough'` to leave those of the upstream. */
  readonly policy: CorsPolicyName | CorsPolicyOptions | false | 'passthrough';

  /**
   * Also expose the headers that the upstream names in its own `Access-Control-Expose-Headers`, to whom the policy allows.
   * Every other `Access-Control-*` header of the upstream is replaced all the same.
   * @default false
   */
  readonly keepExposedHeaders?: boolean;
}

/** Options of `CorsModule`. Frozen at start-up: changing them afterwards changes nothing. */
export interface CorsModuleOptions {
  /**
   * The policy of routes without a decorator, and of requests that nothing serves.
   * @default none: they get no CORS
   */
  readonly default?: CorsPolicyName | CorsPolicyOptions;

  /** Policies by name. */
  readonly policies?: Readonly<Record<string, CorsPolicyOptions>>;

  /** Policies of what no Nest handler serves. Never applied to a Nest route. */
  readonly paths?: readonly CorsPathOptions[];

  /**
   * Answer failed preflights with 204, the headers that did pass and a `Cors-Debug` header, so that the browser's console
   * names the failing step. Refused where `NODE_ENV` is `production`.
   * @default false
   */
  readonly debug?: boolean;

  /** Codes of named risks accepted for the whole application (`'debug-in-production'`). */
  readonly dangerouslyAllow?: readonly ApplicationRisk[];

  /** The source of the lists of policies with `origin: fromSource()`, which change without a restart. */
  readonly live?: CorsLiveOptions;
}

/** Options of `CorsModule` that are read before asynchronous options exist. */
export interface CorsModuleExtras {
  /** @default 'hook' */
  readonly strategy?: CorsStrategy;
}
