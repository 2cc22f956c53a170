import { load } from './subject.mjs';

/** What is worked out from the origins of a policy, whatever route it holds on. */
export async function originDecisions(origins) {
  const { compilePolicy } = await load('policy/compile-policy.js');
  const { parseOriginPattern } = await load('policy/origin-pattern.js');
  const { decideOrigin } = await load('protocol/origin-decision.js');
  const { writeActualHeaders } = await load('protocol/actual-response.js');
  const patterns = origins.map((origin) => parseOriginPattern(origin).pattern);
  const read = { any: false, none: false, patterns, regexps: [], predicates: [], reach: [] };
  const policy = compilePolicy({ origin: origins, credentials: true }, read, 'bench');
  const sink = { getHeader() {}, getHeaderNames: () => [], setHeader() {}, removeHeader() {} };
  const request = { headers: {} };
  const decide = (origin) => {
    const allowed = decideOrigin(policy, origin, request);
    writeActualHeaders(policy, origin, allowed, sink);
    return allowed;
  };
  return { decide, matcher: policy.origins };
}
