import { ORIGINS } from './requests.mjs';
import { bootWith, optionsFor } from './routes.mjs';
import { load } from './subject.mjs';

/** What is worked out from the origins of a policy, as an application's options bring them in, whatever route it holds on. */
export async function originDecisions(origins) {
  const { ApplicationPolicies } = await load('app/application-policies.js');
  const { decideOrigin } = await load('protocol/origin/decide.js');
  const { writeActualHeaders } = await load('protocol/actual-response.js');
  const app = await bootWith('express', [], optionsFor(origins));
  const policy = app.get(ApplicationPolicies, { strict: false }).defaultPolicy;
  const sink = { getHeader() {}, getHeaderNames: () => [], setHeader() {}, removeHeader() {} };
  const request = { headers: {} };
  const decide = (origin) => {
    const allowed = decideOrigin(policy, origin, request);
    writeActualHeaders(policy, origin, allowed, sink);
    return allowed;
  };
  return { decide, matcher: policy.origins };
}

/** Loads what every application needs, so that it does not count as heap of the origins. */
export async function warmUp() {
  await bootWith('express', [], optionsFor(ORIGINS));
}
