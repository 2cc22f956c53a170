import type { OriginMatcher } from './origin/matcher.js';

/** A header line, name first. */
export type HeaderField = readonly [name: string, value: string];

/** Where a developer changes the options that may deny a request, in words. */
export type OptionPlaces = Readonly<
  Partial<Record<'origin' | 'methods' | 'allowedHeaders', string>>
>;

/** A policy in the form in which requests meet it: frozen, every header value computed. */
export interface CompiledPolicy {
  /**
   * - `cors`: the policy answers.
   * - `none`: `@NoCors()`, `policy: false`, `origin: false`; CORS headers are stripped, preflights fail.
   * - `passthrough`: what the handler or an upstream sets stays.
   * - `paths`: the policy of a handler that serves many paths; the one that holds is looked up for each target, and this
   *   one denies every origin.
   * - `undecidable`: nothing says which policy applies; every origin is denied.
   */
  readonly kind: 'cors' | 'none' | 'passthrough' | 'paths' | 'undecidable';
  /** Equal for policies that cannot be told apart by what they answer. */
  readonly id: string;
  /** How messages and the inspector name it. */
  readonly label: string;
  readonly places: OptionPlaces;
  /** `'*'`: the same answer for everyone, but for those who may send credentials. */
  readonly anyOrigin: boolean;
  readonly origins: OriginMatcher;
  /** Where each predicate of `origins` was written: `policies.partners.origin[1]`. */
  readonly predicatePlaces: readonly string[];
  /** Some origin may send credentials. */
  readonly credentials: boolean;
  /** Those that may; `undefined` where it is every one that is allowed. */
  readonly credentialed: OriginMatcher | undefined;
  /** Explicit methods; `undefined` leaves it to the route table. */
  readonly methods: ReadonlySet<string> | undefined;
  /** Explicit request headers in lower case; `undefined` accepts any. */
  readonly allowedHeaders: ReadonlySet<string> | undefined;
  /** `allowedHeaders` as one header value. */
  readonly allowedHeadersValue: string;
  /** `Access-Control-Max-Age`. */
  readonly maxAge: string;
  readonly successStatus: number;
  readonly reject: boolean;
  /** `Vary` of actual responses; empty when every origin gets the same answer. */
  readonly vary: readonly string[];
  /** `Vary` of preflights. */
  readonly preflightVary: string;
  /** On every answer to a preflight, whoever asks. */
  readonly preflightHeaders: Readonly<Record<string, string>>;
  /** On every actual response, whoever asks. */
  readonly constantHeaders: readonly HeaderField[];
  /** On actual responses to an allowed origin that may not send credentials, besides `Access-Control-Allow-Origin`. */
  readonly allowedOriginHeaders: readonly HeaderField[];
  /** The same to one that may. */
  readonly credentialedHeaders: readonly HeaderField[];
  readonly timingAllowOrigin: boolean;
  /** Codes of the risks that the policy accepts by name. */
  readonly dangerouslyAllow: readonly string[];
  /** Of a policy whose origins come from a live source: what it is known by in every snapshot. */
  readonly live: object | undefined;
  /** The policy that is tried beside this one: no answer depends on it. */
  readonly reportOnly: CompiledPolicy | undefined;
}

/**
 * Something has to be decided before the handler runs: a denied request is turned away, or a predicate is asked, which may take
 * its time. `paths` stands for whichever policy the target has.
 */
export function decidesEarly({ kind, reject, origins }: CompiledPolicy): boolean {
  return reject || origins.predicates.length > 0 || kind === 'paths';
}

const NO_ORIGINS: OriginMatcher = Object.freeze({
  exact: new Set<string>(),
  wildcards: [],
  expressions: [],
  allows: () => false,
  predicates: [],
});

function headerless(kind: Exclude<CompiledPolicy['kind'], 'cors'>, label: string): CompiledPolicy {
  return Object.freeze({
    kind,
    id: kind,
    label,
    places: {},
    anyOrigin: false,
    origins: NO_ORIGINS,
    predicatePlaces: [],
    credentials: false,
    credentialed: undefined,
    methods: undefined,
    allowedHeaders: undefined,
    allowedHeadersValue: '',
    maxAge: '0',
    successStatus: 204,
    reject: false,
    vary: kind === 'undecidable' ? ['Origin'] : [],
    preflightVary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    preflightHeaders: {},
    constantHeaders: [],
    allowedOriginHeaders: [],
    credentialedHeaders: [],
    timingAllowOrigin: false,
    dangerouslyAllow: [],
    live: undefined,
    reportOnly: undefined,
  });
}

/** `@NoCors()`, `policy: false` and `origin: false`. */
export const NO_CORS_POLICY: CompiledPolicy = headerless('none', '@NoCors()');

/** `policy: 'passthrough'` and `@CorsPolicy('passthrough')`. */
export const PASSTHROUGH_POLICY: CompiledPolicy = headerless('passthrough', 'passthrough');

/** `@CorsPolicy('paths')`. */
export const PATHS_POLICY: CompiledPolicy = headerless('paths', 'paths');

/** Where two policies could apply and nothing decides between them. */
export const UNDECIDABLE_POLICY: CompiledPolicy = headerless('undecidable', 'undecidable');

/** The same where one of those policies rejects what it denies: those are asked. */
export const UNDECIDABLE_REJECTING_POLICY: CompiledPolicy = Object.freeze({
  ...UNDECIDABLE_POLICY,
  id: 'undecidable-rejecting',
  reject: true,
  vary: ['Origin', 'Sec-Fetch-Site'],
});
