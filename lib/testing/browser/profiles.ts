/** Which engine to behave as; `spec` is the Fetch standard to the letter. */
export type ProfileName = 'spec' | 'chromium' | 'firefox' | 'webkit';

/** A fetch's cache mode (Fetch, "request's cache mode"). */
export type CacheMode = 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache';

/** Differences between engines. Everything that is not listed here is the same in all of them. */
export interface BrowserProfile {
  readonly name: string;
  /** `Access-Control-Allow-Headers: *` covers `Authorization`. Fetch: no. Shipping engines: yes. */
  readonly wildcardCoversAuthorization: boolean;
  /** Request headers that need no preflight beyond Fetch's, with the grammar of their values. */
  readonly extraSafelist: ReadonlyMap<string, RegExp>;
  /**
   * The answer to a preflight that only an upload listener or a stream made necessary allows the request's
   * method, whatever it is, by not naming any.
   */
  readonly silenceAllowsForcedMethod: boolean;
  /** A redirect within the page's own origin to a URL with user info is refused as well. */
  readonly refusesEveryUserinfoRedirect: boolean;
  /** A `no-cors` request, once redirected to another origin, says `Origin: null`. */
  readonly hidesOriginOnNoCorsRedirect: boolean;
  /** A successful request drops what the HTTP cache has of its URL. RFC 9111 §4.4: every unsafe one. */
  readonly invalidatesHttpCache: (method: string, hasBody: boolean) => boolean;
  /** Statuses whose responses the HTTP cache never keeps, whatever they say. RFC 9111 §3: none but 206 and 304. */
  readonly neverStored: readonly number[];
  readonly preflightCache: PreflightCacheProfile;
}

/** How an engine remembers preflights. */
export interface PreflightCacheProfile {
  /** `entries`: one per method and header name, as in Fetch. `result`: the last answer for a URL, as a whole. */
  readonly unit: 'entries' | 'result';
  /** A remembered `*` spares later preflights. */
  readonly wildcardsMatch: boolean;
  /** HEAD, like GET and POST, needs no remembered method. */
  readonly headIsSafelisted: boolean;
  /** Everything remembered for a URL is dropped when a fetch to it fails. */
  readonly clearedOnFailure: boolean;
  /** Seconds: the most that is honoured, and what malformed and negative values count as. Absent counts as 5. */
  readonly maxAge: { readonly cap: number; readonly malformed: number; readonly negative: number };
  /** Which requests always send a preflight of their own. */
  readonly bypass: {
    readonly cacheModes: readonly CacheMode[];
    readonly conditionalHeaders: boolean;
    /** Requests that say `Origin: null`, for whatever reason. */
    readonly opaqueOrigins: boolean;
    /** URLs of at least this many characters. */
    readonly urlLength: number;
  };
}

const specification: BrowserProfile = {
  name: 'spec',
  wildcardCoversAuthorization: false,
  extraSafelist: new Map(),
  silenceAllowsForcedMethod: true,
  refusesEveryUserinfoRedirect: false,
  hidesOriginOnNoCorsRedirect: false,
  invalidatesHttpCache: (method) => !/^(GET|HEAD|OPTIONS|QUERY)$/.test(method),
  neverStored: [],
  preflightCache: {
    unit: 'entries',
    wildcardsMatch: true,
    headIsSafelisted: true,
    clearedOnFailure: true,
    maxAge: { cap: Infinity, malformed: 5, negative: 5 },
    bypass: {
      cacheModes: ['no-store', 'reload'],
      conditionalHeaders: false,
      opaqueOrigins: false,
      urlLength: Infinity,
    },
  },
};

/** Client hints that Chromium lets scripts send without asking, if they look like hints, and what it writes itself. */
const CHROMIUM_SAFELIST: ReadonlyMap<string, RegExp> = new Map([
  ['save-data', /^on$/i],
  ['device-memory', /^\d+(\.\d+)?$/],
  ['dpr', /^\d+(\.\d+)?$/],
  ['width', /^\d+$/],
  ['viewport-width', /^\d+$/],
  ['rtt', /^\d+$/],
  ['downlink', /^\d+(\.\d+)?$/],
  ['ect', /^(slow-2g|2g|3g|4g)$/],
  ['intervention', /^/],
  ['user-agent', /^/],
]);

const chromium: BrowserProfile = {
  name: 'chromium',
  wildcardCoversAuthorization: true,
  extraSafelist: CHROMIUM_SAFELIST,
  silenceAllowsForcedMethod: false,
  refusesEveryUserinfoRedirect: true,
  hidesOriginOnNoCorsRedirect: true,
  invalidatesHttpCache: (method, hasBody) =>
    /^(POST|PATCH|DELETE)$/.test(method) || (method === 'PUT' && hasBody),
  neverStored: [401, 407],
  preflightCache: {
    unit: 'result',
    wildcardsMatch: true,
    headIsSafelisted: true,
    clearedOnFailure: false,
    maxAge: { cap: 7200, malformed: 5, negative: 0 },
    bypass: {
      cacheModes: ['no-store', 'reload', 'no-cache'],
      conditionalHeaders: true,
      opaqueOrigins: true,
      urlLength: 1024,
    },
  },
};

const firefox: BrowserProfile = {
  ...specification,
  name: 'firefox',
  wildcardCoversAuthorization: true,
  preflightCache: {
    ...specification.preflightCache,
    wildcardsMatch: false,
    headIsSafelisted: false,
    maxAge: { cap: 86_400, malformed: 0, negative: 0 },
    bypass: { ...specification.preflightCache.bypass, cacheModes: ['reload'] },
  },
};

const webkit: BrowserProfile = {
  ...specification,
  name: 'webkit',
  wildcardCoversAuthorization: true,
  preflightCache: {
    ...specification.preflightCache,
    clearedOnFailure: false,
    maxAge: { cap: 600, malformed: 5, negative: 0 },
    bypass: { ...specification.preflightCache.bypass, cacheModes: [] },
  },
};

/**
 * The engines that can be simulated. `chromium` was compared with the real browser request by request (version 156);
 * `firefox` and `webkit` are read from their sources.
 */
export const profiles: Readonly<Record<ProfileName, BrowserProfile>> = {
  spec: specification,
  chromium,
  firefox,
  webkit,
};
