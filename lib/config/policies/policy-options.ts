import type { PolicyRisk } from '../issues/acceptable-risks.js';
import type { LiveOrigins } from '../live/live-origins.js';
import type { CorsOriginPredicate } from '../../protocol/origin/predicate.js';

/**
 * Augment this interface to make policy names a compile-time type:
 *
 * ```ts
 * declare module 'nestjs-cors' {
 *   interface CorsPolicyNames { app: true; partners: true; public: true }
 * }
 * ```
 *
 * Without an augmentation every string is accepted by the compiler; names are checked at start-up either way.
 */
// eslint-disable-next-line typescript/no-empty-object-type
export interface CorsPolicyNames {}

/** The name of a policy: any string, or the keys of {@link CorsPolicyNames} once that is augmented. */
export type CorsPolicyName = keyof CorsPolicyNames extends never
  ? string
  : keyof CorsPolicyNames & string;

/**
 * Words that stand for a policy on a controller or handler. `'paths'`: it serves many paths, and the `paths` entry that covers
 * the target decides, else `default`. `'passthrough'`: its own headers, or its upstream's, go out as they are.
 */
export type ReservedPolicyName = 'paths' | 'passthrough';

/** One way to name allowed origins: exact, pattern, RegExp or predicate. */
export type CorsOriginMatcher = string | RegExp | CorsOriginPredicate;

/** A CORS policy as it is written. Names are those of Nest's own `CorsOptions`. */
export interface CorsPolicyOptions {
  /**
   * Who may read. `'*'` (everyone, without credentials), an exact origin, a pattern (`https://*.example.com`: one or more
   * labels; `https://example.com:*`: any port), an anchored RegExp, a predicate, an array of these, or `false` (no CORS).
   * `fromSource()`: whoever the source of the option `live` lists. Required, unless it comes through
   * {@link CorsPolicyOptions.extends}.
   */
  readonly origin?: '*' | CorsOriginMatcher | readonly CorsOriginMatcher[] | false | LiveOrigins;

  /**
   * Narrows preflights to these methods; `GET`, `HEAD` and `POST` always pass, as in browsers. Case-sensitive.
   * @default the methods that the route table serves under this policy
   */
  readonly methods?: string | readonly string[];

  /**
   * Request headers that a preflight may ask for. `[]` means only the safelisted ones.
   * @default any syntactically valid header name
   */
  readonly allowedHeaders?: string | readonly string[];

  /**
   * Response headers that scripts may read beyond the safelisted ones.
   * @default none
   */
  readonly exposedHeaders?: string | readonly string[];

  /**
   * Responses to requests with cookies, TLS client certificates or HTTP authentication may be read: by every allowed origin
   * (`true`), or by those on a list of exact origins, patterns and RegExps. Everyone else that `origin` allows is then answered
   * without. Each of the list has to be covered by `origin`; `'*'` covers all.
   * @default false
   *
   * @example
   * ```ts
   * { origin: '*', credentials: ['https://app.example.com'] } // anybody may read, the own site with cookies
   * ```
   */
  readonly credentials?: boolean | readonly (string | RegExp)[];

  /**
   * How long a browser may remember a preflight, in seconds, −1…86400. −1 sends `0`: browsers do not remember.
   * @default 600
   */
  readonly maxAge?: number;

  /**
   * Status of a successful preflight, 200–299.
   * @default 204
   */
  readonly optionsSuccessStatus?: number;

  /**
   * An actual request from a denied origin. `'omit'`: it runs, its response carries no CORS headers.
   * `'reject'` (strategy `'hook'`): 403 before any guard or handler.
   * @default 'omit'
   */
  readonly denied?: 'omit' | 'reject';

  /**
   * Further request headers that an origin predicate reads, for `Vary`.
   * @default []
   */
  readonly vary?: readonly string[];

  /**
   * Further headers of preflight answers, allowed and denied, the same on each: `Cache-Control` for a CDN that keeps preflights,
   * security headers that a scanner asks for. No `Access-Control-*`, `Vary`, `Content-Length`, and none of a connection.
   * @default none
   */
  readonly preflightHeaders?: Readonly<Record<string, string>>;

  /**
   * Sends `Timing-Allow-Origin` to the allowed origins (Fetch, "TAO check").
   * @default false
   */
  readonly timingAllowOrigin?: boolean;

  /** Value of `Cross-Origin-Resource-Policy`; unset sends none. */
  readonly resourcePolicy?: 'same-origin' | 'same-site' | 'cross-origin';

  /**
   * Start from another policy, option by option (arrays replace). A policy name, or `'parent'`: on a method the policy of
   * its class; on a class the nearest superclass's policy, else `default`.
   */
  readonly extends?: CorsPolicyName | 'parent';

  /** Codes of named risks that this policy accepts; each is refused otherwise. */
  readonly dangerouslyAllow?: readonly PolicyRisk[];

  /**
   * A policy to try: decided beside this one, told where it would let in somebody else or turn somebody away (diagnostics
   * channel `nestjs-cors:report-only`; outside production the log, once for each kind), and never enforced. Policies that
   * extend this one are tried as they would be if it were in force, unless they have a trial of their own.
   * @default none
   *
   * @example
   * ```ts
   * { origin: 'https://*.example.com', reportOnly: { extends: 'self', origin: ['https://app.example.com'] } }
   * ```
   */
  readonly reportOnly?: CorsTrialOptions;
}

/** A policy that is tried, as it is written in {@link CorsPolicyOptions.reportOnly}. */
export interface CorsTrialOptions extends Omit<CorsPolicyOptions, 'extends' | 'reportOnly'> {
  /** As {@link CorsPolicyOptions.extends}; `'self'`: the policy that it stands in. */
  readonly extends?: CorsPolicyName | 'parent' | 'self';
}
