import {
  NO_CORS_POLICY,
  type CompiledPolicy,
  type HeaderField,
} from '../../protocol/compiled-policy.js';
import { compileOriginMatcher } from '../../protocol/origin/matcher.js';
import type { LiveShape } from './live-shape.js';
import { fingerprint } from './policy-fingerprint.js';
import type { MergedOptions } from './merge-options.js';
import type { PolicyOrigins } from './policy-origins.js';
import { DEFAULT_MAX_AGE, DEFAULT_SUCCESS_STATUS } from './defaults.js';
import { actualVary, PREFLIGHT_VARY } from './vary.js';

/** The words for a policy in messages, which are no part of what it decides. */
type Naming = Pick<CompiledPolicy, 'label' | 'places'>;

/**
 * Turns checked, merged options into the form in which requests meet them. The result shares no object with the options:
 * changing those afterwards changes nothing.
 */
export function compilePolicy(
  options: MergedOptions,
  { origins: read, credentialed }: PolicyOrigins,
  naming: Naming,
  live?: LiveShape,
): CompiledPolicy {
  if (read.none) return compileClosed(options, naming, live);
  const credentials = (options.credentials ?? false) !== false;
  const anyOrigin = read.any;
  const allowedHeaders = explicitHeaders(options);
  return Object.freeze({
    kind: 'cors',
    id: live?.id ?? fingerprint(options),
    label: naming.label,
    places: naming.places,
    anyOrigin,
    origins: compileOriginMatcher(read),
    predicatePlaces: Object.freeze([...read.predicatePlaces]),
    credentials,
    credentialed: credentialed && compileOriginMatcher(credentialed),
    methods: options.methods === undefined ? undefined : new Set(options.methods),
    allowedHeaders: allowedHeaders && new Set(allowedHeaders.map((name) => name.toLowerCase())),
    allowedHeadersValue: (allowedHeaders ?? []).join(', '),
    maxAge: String(Math.max(0, options.maxAge ?? DEFAULT_MAX_AGE)),
    successStatus: options.optionsSuccessStatus ?? DEFAULT_SUCCESS_STATUS,
    reject: options.denied === 'reject',
    vary: anyOrigin && !credentials ? [] : actualVary(options.denied, options.vary),
    preflightVary: [...new Set([...PREFLIGHT_VARY, ...(options.vary ?? [])])].join(', '),
    preflightHeaders: { ...options.preflightHeaders },
    ...actualHeaders(options, anyOrigin, credentials),
    timingAllowOrigin: options.timingAllowOrigin ?? false,
    dangerouslyAllow: Object.freeze([...(options.dangerouslyAllow ?? [])]),
    live,
    reportOnly: undefined,
  });
}

/** `origin: false`: nobody may read, and what does not depend on an origin holds all the same. */
function compileClosed(
  options: MergedOptions,
  naming: Naming,
  live: LiveShape | undefined,
): CompiledPolicy {
  const { denied, resourcePolicy, preflightHeaders = {} } = options;
  const reject = denied === 'reject';
  return Object.freeze({
    ...NO_CORS_POLICY,
    id:
      live?.id ??
      [
        NO_CORS_POLICY.id,
        denied ?? 'omit',
        resourcePolicy ?? '',
        JSON.stringify(preflightHeaders),
      ].join(' '),
    label: naming.label,
    places: naming.places,
    preflightHeaders: { ...preflightHeaders },
    reject,
    // Another snapshot may let origins in: what a cache keeps of this one must not be served to them.
    vary: reject || live !== undefined ? actualVary(denied, options.vary) : [],
    constantHeaders: resourceHeaders(options),
    live,
  });
}

function resourceHeaders({ resourcePolicy }: MergedOptions): readonly HeaderField[] {
  return resourcePolicy === undefined ? [] : [['Cross-Origin-Resource-Policy', resourcePolicy]];
}

type ActualHeaders = Pick<
  CompiledPolicy,
  'constantHeaders' | 'allowedOriginHeaders' | 'credentialedHeaders'
>;

/** Where anybody may read, that is the answer for everyone whose credentials are not awaited. */
function actualHeaders(
  options: MergedOptions,
  anyOrigin: boolean,
  credentials: boolean,
): ActualHeaders {
  const exposed = options.exposedHeaders ?? [];
  const credentialedHeaders: HeaderField[] = credentials
    ? [['Access-Control-Allow-Credentials', 'true'], ...expose(exposed.filter(isName))]
    : [];
  const resource = resourceHeaders(options);
  if (!anyOrigin) {
    return {
      constantHeaders: resource,
      allowedOriginHeaders: expose(exposed),
      credentialedHeaders,
    };
  }
  const timing: HeaderField[] = options.timingAllowOrigin ? [['Timing-Allow-Origin', '*']] : [];
  const anyone: HeaderField = ['Access-Control-Allow-Origin', '*'];
  const constantHeaders = [anyone, ...expose(exposed), ...timing, ...resource];
  return { constantHeaders, allowedOriginHeaders: [], credentialedHeaders };
}

function expose(names: readonly string[]): readonly HeaderField[] {
  return names.length === 0 ? [] : [['Access-Control-Expose-Headers', names.join(', ')]];
}

/** With credentials browsers take `*` for a name (Fetch, "extract header list values"). */
function isName(exposed: string): boolean {
  return exposed !== '*';
}

/** `undefined` (and `'*'`, which browsers would not apply to `Authorization`) leaves the header names open. */
function explicitHeaders({ allowedHeaders }: MergedOptions): readonly string[] | undefined {
  return allowedHeaders?.includes('*') ? undefined : allowedHeaders;
}
