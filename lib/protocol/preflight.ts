import type { CompiledPolicy } from './compiled-policy.js';
import { isRequestableMethod, SAFELISTED_METHODS } from './methods.js';
import type { Grant } from './origin/grant.js';
import { parseRequestedHeaders } from './requested-headers.js';
import type { PreflightHeaders } from './request-kind.js';

/**
 * The step at which a preflight failed.
 *
 * @inline
 */
export type PreflightFailure =
  | 'no-policy'
  | 'undecidable-policy'
  | 'origin-denied'
  | 'method-denied'
  | 'headers-malformed'
  | 'headers-denied';

/**
 * Header values by name.
 *
 * @inline
 */
type HeaderValues = Record<string, string>;

/**
 * The answer to a preflight: a response head without a body.
 *
 * @inline
 */
export interface PreflightAnswer {
  readonly status: number;
  readonly headers: Readonly<HeaderValues>;
  readonly failure?: PreflightFailure;
}

/** Facts about a preflight that routing has found. */
export interface PreflightContext {
  readonly policy: CompiledPolicy;
  /** How far the policy lets the request's origin in. */
  readonly grant: Grant;
  /** The methods that this very URL serves under the same policy, as a list; the requested one among them. */
  readonly listedMethods: string;
  /** Say at which step a preflight failed. */
  readonly debug: boolean;
}

/**
 * Answers a preflight (Fetch, "CORS-preflight fetch"): origin, then method, then headers. A failure says nothing but
 * `Vary` and what the policy says on every answer: 403 without any `Access-Control-*`. With `debug` it is a 204 with what did pass, so that the browser's console
 * names the step.
 */
export function answerPreflight(
  request: PreflightHeaders,
  context: PreflightContext,
): PreflightAnswer {
  const { policy, grant } = context;
  if (policy.kind !== 'cors') {
    return fail(policy.kind === 'undecidable' ? 'undecidable-policy' : 'no-policy', {}, context);
  }
  if (!grant.allowed) return fail('origin-denied', {}, context);
  const passed: HeaderValues = {
    ...policy.preflightHeaders,
    'Access-Control-Allow-Origin': policy.anyOrigin && !grant.credentials ? '*' : request.origin,
  };
  if (grant.credentials) passed['Access-Control-Allow-Credentials'] = 'true';
  if (!allowsMethod(policy, request.method)) return fail('method-denied', passed, context);
  passed['Access-Control-Allow-Methods'] = context.listedMethods;
  return answerHeaders(request, passed, context);
}

function answerHeaders(
  request: PreflightHeaders,
  passed: HeaderValues,
  context: PreflightContext,
): PreflightAnswer {
  const { policy } = context;
  if (request.headers !== undefined) {
    const requested = parseRequestedHeaders(request.headers);
    if (requested === undefined) return fail('headers-malformed', passed, context);
    const { allowedHeaders } = policy;
    if (allowedHeaders !== undefined && !requested.names.every((name) => allowedHeaders.has(name)))
      return fail('headers-denied', passed, context);
    const value = allowedHeaders === undefined ? requested.list : policy.allowedHeadersValue;
    if (value !== '') passed['Access-Control-Allow-Headers'] = value;
  }
  passed['Access-Control-Max-Age'] = policy.maxAge;
  passed['Vary'] = policy.preflightVary;
  return withLength({ status: policy.successStatus, headers: passed });
}

/** Fetch step 7.5: safelisted methods always pass. */
function allowsMethod(policy: CompiledPolicy, method: string): boolean {
  if (SAFELISTED_METHODS.has(method)) return true;
  return (
    isRequestableMethod(method) && (policy.methods === undefined || policy.methods.has(method))
  );
}

function fail(
  failure: PreflightFailure,
  passed: HeaderValues,
  { policy, debug }: PreflightContext,
): PreflightAnswer {
  const always: HeaderValues = { ...policy.preflightHeaders, Vary: policy.preflightVary };
  if (debug)
    return { status: 204, headers: { ...passed, ...always, 'Cors-Debug': failure }, failure };
  return withLength({ status: 403, headers: always, failure });
}

/** RFC 9110 §8.6: no `Content-Length` with 204; every other answer says that its body is empty. */
function withLength(answer: PreflightAnswer & { readonly headers: HeaderValues }): PreflightAnswer {
  if (answer.status !== 204) answer.headers['Content-Length'] = '0';
  return answer;
}
