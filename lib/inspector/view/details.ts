import { textOf } from '../../inspect/manifest/manifest-texts.js';
import type { CorsManifestOrigin, CorsManifestPolicy } from '../../inspect/manifest/manifest.js';

/** An option of a policy and its value as it is written in code. */
export type Detail = readonly [option: string, value: string];

/** The options of a policy that say something: those at their defaults are left out. */
export function detailsOf(policy: CorsManifestPolicy): readonly Detail[] {
  const all: readonly (Detail | undefined)[] = [
    ['origin', originsOf(policy.origin)],
    policy.credentials === false ? undefined : ['credentials', originsOf(policy.credentials)],
    listed('methods', policy.methods),
    listed('allowedHeaders', policy.allowedHeaders),
    filled('exposedHeaders', policy.exposedHeaders),
    ['maxAge', `${policy.maxAge} s`],
    policy.denied === 'omit' ? undefined : ['denied', `'${policy.denied}'`],
    policy.optionsSuccessStatus === 204
      ? undefined
      : ['optionsSuccessStatus', String(policy.optionsSuccessStatus)],
    filled('vary', policy.vary),
    filled('preflightHeaders', Object.keys(policy.preflightHeaders)),
    policy.timingAllowOrigin ? ['timingAllowOrigin', 'true'] : undefined,
    policy.resourcePolicy === null ? undefined : ['resourcePolicy', `'${policy.resourcePolicy}'`],
    filled('dangerouslyAllow', policy.dangerouslyAllow),
  ];
  return all.filter((detail) => detail !== undefined);
}

function originsOf(origins: boolean | '*' | readonly CorsManifestOrigin[]): string {
  if (typeof origins === 'boolean') return String(origins);
  return origins === '*' ? `'*'` : list(origins.map(written));
}

function written(origin: CorsManifestOrigin): string {
  if (typeof origin === 'string') return `'${origin}'`;
  return 'regexp' in origin ? textOf(origin) : `${origin.predicate}()`;
}

function listed(option: string, values: readonly string[] | null): Detail | undefined {
  return values === null ? undefined : [option, list(values.map((value) => `'${value}'`))];
}

function filled(option: string, values: readonly string[]): Detail | undefined {
  return values.length === 0 ? undefined : listed(option, values);
}

function list(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
}
