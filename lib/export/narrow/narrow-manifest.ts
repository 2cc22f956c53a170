import type { CorsPolicyOptions } from '../../config/policies/policy-options.js';
import type { CorsManifest, CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { SAFELISTED_METHODS } from '../../protocol/methods.js';
import { compareOptions } from '../diff/compare-options.js';
import type { CorsOptionDifference } from '../diff/difference.js';
import { readCeiling } from './ceiling.js';
import { CorsNarrowingError, type CorsNarrowingIssue } from './narrowing-error.js';
import { assertManifest } from '../rules/assert-manifest.js';
import { short } from '../diff/short-value.js';

/** They permit nothing, or are compared with the ceiling by themselves. */
const UNLIMITED: ReadonlySet<string> = new Set([
  'optionsSuccessStatus',
  'vary',
  'preflightHeaders',
]);

/**
 * The manifest of a service, if every one of its policies is within the ceiling: origins by what they allow and not by how they
 * are written, credentials for nobody who has none there, no longer `maxAge`, no further methods and headers, no weaker
 * `denied` and `resourcePolicy`. `'*'` is only within `'*'`.
 *
 * @param ceiling as options of a policy, which names its own `origin`
 *
 * @throws CorsNarrowingError with every place that is wider; then nothing of the manifest is to be used
 *
 * @publicApi
 */
export function narrowManifest(manifest: CorsManifest, ceiling: CorsPolicyOptions): CorsManifest {
  const issues = narrowingIssues(manifest, ceiling);
  if (issues.length > 0) throw new CorsNarrowingError(issues);
  return manifest;
}

/** The places that are wider than the ceiling. */
function narrowingIssues(
  manifest: CorsManifest,
  ceiling: CorsPolicyOptions,
): readonly CorsNarrowingIssue[] {
  assertManifest(manifest);
  const limit = readCeiling(ceiling);
  const service = manifest.service ?? 'manifest';
  return [
    ...Object.entries(manifest.policies).flatMap(([name, policy]) =>
      widerOptions(limit, { ...policy, methods: methodsOf(name, manifest) }).map((issue) => ({
        where: `${service}: policies.${name}`,
        ...issue,
      })),
    ),
    ...passthroughIssues(manifest, service),
  ];
}

/** The methods of a policy: its own, else those that are served under it; `null`: any. */
function methodsOf(name: string, manifest: CorsManifest): readonly string[] | null {
  const { policies, routes, paths, default: byDefault, gateways } = manifest;
  const explicit = policies[name]?.methods ?? null;
  if (explicit !== null || byDefault.policy === name) return explicit;
  const served = [
    ...routes.filter(({ policy }) => policy === name).map(({ method }) => method),
    ...paths.filter(({ policy }) => policy === name).flatMap(({ methods }) => methods ?? 'ALL'),
    ...gateways.filter(({ policy }) => policy === name).map(() => 'GET'),
  ];
  return served.includes('ALL') ? null : [...new Set(served)];
}

type Found = Omit<CorsNarrowingIssue, 'where'>;

function widerOptions(limit: CorsManifestPolicy, policy: CorsManifestPolicy): readonly Found[] {
  return [
    ...compareOptions(limit, policy).filter(isWider).map(describe),
    ...(policy.origin === false ? [] : methodIssues(limit, policy)),
    ...preflightHeaderIssues(limit, policy),
  ];
}

function isWider({ option, verdict }: CorsOptionDifference): boolean {
  return verdict !== 'narrower' && !UNLIMITED.has(option);
}

function describe({ option, before, after, witness, reason }: CorsOptionDifference): Found {
  const why = reason === undefined ? 'is not within' : `cannot be told to be within (${reason})`;
  const further = witness ?? furtherName(before, after);
  return {
    option,
    message: `${short(after)} ${why} ${short(before)}`,
    ...(further !== undefined && { witness: further }),
  };
}

/** A header name that only the second list has; `*` where that is any. */
function furtherName(before: unknown, after: unknown): string | undefined {
  if (!Array.isArray(before) || !before.every((name) => typeof name === 'string')) return undefined;
  if (!Array.isArray(after)) return '*';
  const known = new Set(before.map((name) => name.toLowerCase()));
  return after.find(
    (name): name is string => typeof name === 'string' && !known.has(name.toLowerCase()),
  );
}

/** Safelisted methods pass every preflight (Fetch step 7.5); any method is only within any. */
function methodIssues(limit: CorsManifestPolicy, policy: CorsManifestPolicy): readonly Found[] {
  if (limit.methods === null) return [];
  const known = limit.methods;
  const isFurther = (method: string): boolean =>
    !SAFELISTED_METHODS.has(method) && !known.includes(method);
  const witness = policy.methods === null ? '*' : policy.methods.find(isFurther);
  if (witness === undefined) return [];
  const message = `${short(policy.methods ?? 'any')} is not within ${short(known)}`;
  return [{ option: 'methods', message, witness }];
}

/** Whatever they mean, the gateway would send them. */
function preflightHeaderIssues(
  limit: CorsManifestPolicy,
  policy: CorsManifestPolicy,
): readonly Found[] {
  return Object.entries(policy.preflightHeaders).flatMap(([name, value]) =>
    limit.preflightHeaders[name] === value
      ? []
      : [
          {
            option: 'preflightHeaders',
            message: `${name}: ${value} is not in the ceiling`,
            witness: name,
          },
        ],
  );
}

/** Places under `'passthrough'`, which is within no ceiling: the upstream may say anything. */
function passthroughIssues(
  { routes, paths, default: byDefault }: CorsManifest,
  service: string,
): readonly CorsNarrowingIssue[] {
  const places = [
    ...routes.map(({ method, path, policy }) => [`${method} ${path}`, policy] as const),
    ...paths.map(({ declared, policy }) => [declared, policy] as const),
    ['default', byDefault.policy] as const,
  ];
  return places.flatMap(([place, policy]) => {
    if (policy !== 'passthrough') return [];
    const message = "'passthrough' is within no ceiling: what the handler says is not known";
    return [{ where: `${service}: ${place}`, option: 'policy', message }];
  });
}
