import type { CompiledPolicy } from './compiled-policy.js';
import type { Grant } from './origin/grant.js';
import type { HeaderSink } from './header-sink.js';
import { mergeVary } from './vary.js';

const ACCESS_CONTROL = 'access-control-';
/** Few names begin with it, and this looks at every name of every response. */
const LETTER_A = 0x61;
const NONE: readonly string[] = [];

/**
 * Writes what the policy says about an actual response, and nothing else: every `Access-Control-*` header that a handler
 * or an upstream left is replaced (design of the Fetch standard: exactly one `Access-Control-Allow-Origin`).
 *
 * @param origin the request's `Origin` if there is one
 * @param grant how far the policy lets that origin in
 * @returns the `Access-Control-*` headers that were there before, in lower case
 */
export function writeActualHeaders(
  policy: CompiledPolicy,
  origin: string | undefined,
  grant: Grant,
  response: HeaderSink,
): readonly string[] {
  if (policy.kind === 'passthrough') return NONE;
  const replaced = stripAccessControl(response);
  writePolicyHeaders(policy, origin, grant, response);
  return replaced;
}

function writePolicyHeaders(
  policy: CompiledPolicy,
  origin: string | undefined,
  grant: Grant,
  response: HeaderSink,
): void {
  if (policy.vary.length > 0) addVary(response, policy.vary);
  for (const [name, value] of policy.constantHeaders) response.setHeader(name, value);
  const { allowed, credentials } = grant;
  if (policy.anyOrigin && !credentials) return;
  if (origin !== undefined && allowed) writeAllowedOrigin(policy, origin, credentials, response);
  else if (policy.timingAllowOrigin) response.removeHeader('Timing-Allow-Origin');
}

function writeAllowedOrigin(
  policy: CompiledPolicy,
  origin: string,
  credentials: boolean,
  response: HeaderSink,
): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  const headers = credentials ? policy.credentialedHeaders : policy.allowedOriginHeaders;
  for (const [name, value] of headers) response.setHeader(name, value);
  if (policy.timingAllowOrigin) response.setHeader('Timing-Allow-Origin', origin);
}

function stripAccessControl(response: HeaderSink): readonly string[] {
  let stripped: string[] | undefined;
  for (const name of response.getHeaderNames()) {
    if (name.charCodeAt(0) !== LETTER_A || !name.startsWith(ACCESS_CONTROL)) continue;
    response.removeHeader(name);
    (stripped ??= []).push(name);
  }
  return stripped ?? NONE;
}

function addVary(response: HeaderSink, names: readonly string[]): void {
  const existing = response.getHeader('vary');
  const merged =
    existing === undefined && names.length === 1 ? names[0] : mergeVary(existing, names);
  if (merged !== undefined) response.setHeader('Vary', merged);
}
