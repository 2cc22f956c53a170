import { DEFAULT_MAX_AGE, DEFAULT_SUCCESS_STATUS } from '../../config/policies/defaults.js';
import type { CorsPolicyOptions } from '../../config/policies/policy-options.js';
import type { CorsManifestOrigin, CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { toList } from '../../protocol/token.js';

/** Options as a manifest shows them. @throws Error where they build on another policy, which is not known here */
export function readCeiling(options: CorsPolicyOptions): CorsManifestPolicy {
  const { origin, credentials = false } = options;
  if (origin === undefined || options.extends !== undefined)
    throw new Error('a ceiling says its own `origin` and does not use `extends`');
  return {
    origin: origin === '*' || origin === false ? origin : listOf(origin),
    credentials: typeof credentials === 'boolean' ? credentials : listOf(credentials),
    methods: namesOf(options.methods),
    allowedHeaders: namesOf(options.allowedHeaders),
    exposedHeaders: toList(options.exposedHeaders ?? []),
    maxAge: Math.max(0, options.maxAge ?? DEFAULT_MAX_AGE),
    optionsSuccessStatus: options.optionsSuccessStatus ?? DEFAULT_SUCCESS_STATUS,
    denied: options.denied ?? 'omit',
    vary: options.vary ?? [],
    preflightHeaders: options.preflightHeaders ?? {},
    timingAllowOrigin: options.timingAllowOrigin ?? false,
    resourcePolicy: options.resourcePolicy ?? null,
    dangerouslyAllow: options.dangerouslyAllow ?? [],
    fingerprint: '',
  };
}

type Written = Exclude<CorsPolicyOptions['origin'], '*' | false | undefined>;

function listOf(origins: Written): readonly CorsManifestOrigin[] {
  return [origins].flat().map((origin) => {
    if (typeof origin === 'string') return origin;
    if (origin instanceof RegExp) return { regexp: origin.source, flags: origin.flags };
    return {
      predicate: (origin as { readonly name: string }).name || 'anonymous',
      where: 'ceiling',
    };
  });
}

function namesOf(names: string | readonly string[] | undefined): readonly string[] | null {
  return names === undefined ? null : toList(names);
}

/** A policy of a manifest as options, with the risks that the ceiling accepts. */
export function optionsOf(
  policy: CorsManifestPolicy,
  { dangerouslyAllow = [] }: CorsPolicyOptions,
): CorsPolicyOptions {
  const { origin, credentials, methods, allowedHeaders, resourcePolicy } = policy;
  if (origin === false) return { origin };
  return {
    origin: origin === '*' ? origin : origin.map(writtenOf),
    credentials: typeof credentials === 'boolean' ? credentials : credentials.map(writtenOf),
    ...(methods !== null && { methods }),
    ...(allowedHeaders !== null && { allowedHeaders }),
    exposedHeaders: policy.exposedHeaders,
    maxAge: policy.maxAge === 0 ? -1 : policy.maxAge,
    optionsSuccessStatus: policy.optionsSuccessStatus,
    denied: policy.denied,
    vary: policy.vary,
    preflightHeaders: policy.preflightHeaders,
    timingAllowOrigin: policy.timingAllowOrigin,
    ...(resourcePolicy !== null && {
      resourcePolicy: resourcePolicy as NonNullable<CorsPolicyOptions['resourcePolicy']>,
    }),
    ...(dangerouslyAllow.length > 0 && { dangerouslyAllow }),
  };
}

/** Predicates do not get this far: of them nobody can say that they are within a ceiling. */
function writtenOf(origin: CorsManifestOrigin): string | RegExp {
  if (typeof origin === 'string') return origin;
  if ('regexp' in origin) return new RegExp(origin.regexp, origin.flags);
  throw new Error(`the predicate ${origin.predicate} cannot be taken over`);
}
