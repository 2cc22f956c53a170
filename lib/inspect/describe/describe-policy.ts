import { PREFLIGHT_VARY } from '../../config/policies/vary.js';
import type { CompiledPolicy, HeaderField } from '../../protocol/compiled-policy.js';
import type { OriginMatcher } from '../../protocol/origin/matcher.js';
import { toList } from '../../protocol/token.js';
import { answeringText } from '../manifest/answering.js';
import { digestOf } from '../manifest/canonical-json.js';
import type { CorsManifestOrigin, CorsManifestPolicy } from '../manifest/manifest.js';

const FINGERPRINT_LENGTH = 16;

/**
 * The effective options of a policy, read back from what answers requests: what is described is what holds.
 *
 * @param current the form of a policy that answers now
 */
export function describePolicy(
  policy: CompiledPolicy,
  current: (policy: CompiledPolicy) => CompiledPolicy,
): CorsManifestPolicy {
  const answering = {
    origin: originOf(policy),
    credentials: credentialsOf(policy),
    methods: policy.methods === undefined ? null : inOrder(policy.methods),
    allowedHeaders:
      policy.allowedHeaders === undefined ? null : inOrder(toList(policy.allowedHeadersValue)),
    exposedHeaders: inOrder(toList(header(policy, 'Access-Control-Expose-Headers') ?? '')),
    maxAge: Number(policy.maxAge),
    optionsSuccessStatus: policy.successStatus,
    denied: policy.reject ? ('reject' as const) : ('omit' as const),
    vary: inOrder(toList(policy.preflightVary).filter((name) => !PREFLIGHT_VARY.includes(name))),
    timingAllowOrigin: policy.timingAllowOrigin,
    preflightHeaders: policy.preflightHeaders,
    resourcePolicy: header(policy, 'Cross-Origin-Resource-Policy') ?? null,
  };
  const fingerprint = digestOf(answeringText(answering)).slice(0, FINGERPRINT_LENGTH);
  const { reportOnly } = policy;
  return {
    ...answering,
    dangerouslyAllow: inOrder(policy.dangerouslyAllow),
    fingerprint,
    ...(reportOnly && { reportOnly: describePolicy(current(reportOnly), current) }),
  };
}

/** `origin: false` is the one way to allow nobody. */
function originOf({
  kind,
  anyOrigin,
  origins,
  predicatePlaces,
}: CompiledPolicy): CorsManifestPolicy['origin'] {
  if (kind !== 'cors') return false;
  return anyOrigin ? '*' : listOf(origins, predicatePlaces);
}

function credentialsOf({
  credentials,
  credentialed,
}: CompiledPolicy): CorsManifestPolicy['credentials'] {
  return credentialed === undefined ? credentials : listOf(credentialed, []);
}

function listOf(
  origins: OriginMatcher,
  predicatePlaces: readonly string[],
): readonly CorsManifestOrigin[] {
  const predicates = origins.predicates.map(({ name }, index): CorsManifestOrigin => ({
    predicate: name || 'anonymous',
    where: predicatePlaces[index] ?? '',
  }));
  const expressions = [...origins.expressions].sort((a, b) =>
    `${a.regexp}/${a.flags}` < `${b.regexp}/${b.flags}` ? -1 : 1,
  );
  return [...[...origins.exact, ...origins.wildcards].sort(), ...expressions, ...predicates];
}

function inOrder(names: Iterable<string>): readonly string[] {
  return [...names].sort();
}

function header(policy: CompiledPolicy, name: string): string | undefined {
  const fields: readonly HeaderField[] = [
    ...policy.constantHeaders,
    ...policy.allowedOriginHeaders,
  ];
  return fields.find(([field]) => field === name)?.[1];
}
