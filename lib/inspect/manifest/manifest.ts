/**
 * The CORS of an application as one document: plain JSON, with everything that decides and nothing else. Equal
 * applications give equal documents, byte for byte.
 *
 * @publicApi
 */
export interface CorsManifest {
  readonly format: 1;
  /** The name given to `manifest({ service })`; `null` where none was. */
  readonly service: string | null;
  readonly platform: CorsManifestPlatform;
  /** See `CorsModuleOptions.debug`: failed preflights are answered 204. */
  readonly debug: boolean;
  /**
   * Every route, in the order in which Nest registered them, which is the order of the platform's rules: on Express the
   * first that matches wins; on Fastify static parts before parameters before wildcards, whatever the order.
   */
  readonly routes: readonly CorsManifestRoute[];
  /** Entries for targets that no Nest handler serves, in the order of the option. An exact path beats the longest prefix. */
  readonly paths: readonly CorsManifestPath[];
  /** The policy of what neither a route nor `paths` covers. */
  readonly default: CorsManifestDefault;
  /** Every WebSocket gateway, by name. */
  readonly gateways: readonly CorsManifestGateway[];
  /**
   * Every policy by name. One that is written out where it holds is named after that place: `OrdersController.update`,
   * `paths[0].policy`, `default`; with `#2` and so on behind it where the name is taken.
   */
  readonly policies: Readonly<Record<string, CorsManifestPolicy>>;
  /** The source of the lists of live policies, and the state that they are of; absent where no policy is live. */
  readonly live?: CorsManifestLive;
  /** SHA-256 of all the rest, in hexadecimal: two manifests with one digest are the same document. */
  readonly digest: string;
}

/** Where the lists of live policies come from. */
export interface CorsManifestLive {
  readonly source: string;
  /** 0 where no state was accepted yet, as in preview mode: live policies allow nobody. */
  readonly revision: number;
}

/** As much of the platform as decides which rule wins. */
export interface CorsManifestPlatform {
  /** `'express'`, `'fastify'`, or the name that another adapter gives itself. */
  readonly name: string;
  readonly strategy: 'hook' | 'interceptor';
  /** The router compares paths with regard to case. */
  readonly caseSensitive: boolean;
}

/**
 * The policy at a place: a key of `policies`; `false` for `@NoCors()` and `policy: false`; `null` for none, the request is left
 * alone; `'passthrough'`; `'paths'`, where the `paths` entry that covers the target decides, else `default`.
 */
export type CorsManifestPolicyName = string | false | null;

/** One registration on the platform's router. */
export interface CorsManifestRoute {
  /** In upper case; `'ALL'` for `@All()`. */
  readonly method: string;
  /** As the platform received it, with prefix, version and controller path. */
  readonly path: string;
  /** `Controller.method`. */
  readonly handler: string;
  readonly policy: CorsManifestPolicyName;
  /** The decorator's place (`OrdersController.update`, `BaseController`), `'default'`, or `null` where there is no policy. */
  readonly declared: string | null;
  /** The hosts that the controller is bound to; absent where it serves all. */
  readonly hosts?: readonly (string | CorsManifestRegExp)[];
  /** The versions of the route; `'neutral'` for `VERSION_NEUTRAL`. Under URI versioning they stand in `path` too. */
  readonly versions?: readonly string[];
  /** Chosen by what a preflight cannot carry: a version outside the path, or a Fastify route constraint. */
  readonly headerBound?: true;
}

/** One path of a `paths` entry. */
export interface CorsManifestPath {
  readonly path: string;
  /** Also covers everything below `path`. */
  readonly prefix: boolean;
  /** `null`: any. */
  readonly methods: readonly string[] | null;
  readonly policy: CorsManifestPolicyName;
  /** `paths[0]`. */
  readonly declared: string;
  /** Exposes what the upstream exposes, too. */
  readonly keepExposedHeaders: boolean;
}

/** The `default` option. */
export interface CorsManifestDefault {
  readonly policy: CorsManifestPolicyName;
}

/** A `@WebSocketGateway()` class. */
export interface CorsManifestGateway {
  readonly gateway: string;
  /** `0`: the application's own server. */
  readonly port: number;
  /** `null`: that of the adapter. */
  readonly path: string | null;
  /** socket.io only. A dynamic namespace is shown as an expression or as `'[function]'`. */
  readonly namespace: string | CorsManifestRegExp | null;
  /** `'paths'` where no decorator stands on it. */
  readonly policy: CorsManifestPolicyName;
  /** The class that the decorator stands on. */
  readonly declared: string | null;
}

/** An exact origin, a pattern, an expression, or a predicate by its name. */
export type CorsManifestOrigin = string | CorsManifestRegExp | CorsManifestPredicate;

/** A regular expression as it was written. */
export interface CorsManifestRegExp {
  readonly regexp: string;
  readonly flags: string;
}

/** A predicate can only be named: what it answers is not known before it is asked. */
export interface CorsManifestPredicate {
  /** The function's name; `'anonymous'` where it has none. */
  readonly predicate: string;
  /** `policies.partners.origin[1]`. */
  readonly where: string;
}

/** The effective options of a policy: merged with what it extends, defaults filled in. */
export interface CorsManifestPolicy {
  /** `false`: nobody. Sorted: exact origins and patterns, then expressions, then predicates in the order in which they are asked. */
  readonly origin: '*' | false | readonly CorsManifestOrigin[];
  /** A list: those of the origins above that may send them. */
  readonly credentials: boolean | readonly CorsManifestOrigin[];
  /** `null`: those that the route table serves. */
  readonly methods: readonly string[] | null;
  /** `null`: any. */
  readonly allowedHeaders: readonly string[] | null;
  readonly exposedHeaders: readonly string[];
  /** Seconds, as sent: `0` for −1. */
  readonly maxAge: number;
  readonly optionsSuccessStatus: number;
  readonly denied: 'omit' | 'reject';
  /** Further request headers that a predicate reads. */
  readonly vary: readonly string[];
  /** Further headers of preflight answers. */
  readonly preflightHeaders: Readonly<Record<string, string>>;
  readonly timingAllowOrigin: boolean;
  readonly resourcePolicy: string | null;
  /** Accepted risks, by code. */
  readonly dangerouslyAllow: readonly string[];
  /** Equal for policies that answer alike, as far as a document can tell: predicates count by name. */
  readonly fingerprint: string;
  /** The policy that is tried beside this one; absent where none is. No answer depends on it, and no fingerprint. */
  readonly reportOnly?: CorsManifestPolicy;
}
