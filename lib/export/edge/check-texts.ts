import type { CorsManifest, CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { isToken } from '../../protocol/token.js';
import type { Losses } from './losses.js';
import { FIELD_VALUE } from '../../config/policies/preflight-headers.js';

/** A kind of text that goes into configurations. */
type Form = readonly [name: string, isValid: (text: string) => boolean];

const METHOD: Form = ['a method', isToken];
const LISTED_HEADER: Form = ['the name of a header', isToken];
/** Engines have variables and files of this name. */
const HEADER: Form = [
  'a header with a name of letters, digits and `-`',
  matches(/^[A-Za-z0-9-]+$/),
];
const VALUE: Form = ['the value of a header', matches(FIELD_VALUE)];
const DIGEST: Form = ['a digest', matches(/^[0-9a-f]{64}$/)];
const NUMBER: Form = ['a number', matches(/^-?[0-9]{1,6}$/)];

function matches(expression: RegExp): Form[1] {
  return (text) => expression.test(text);
}

/** A manifest may come from elsewhere: what becomes a part of a configuration has the form that it has in applications. */
export function checkTexts(manifest: CorsManifest, losses: Losses): void {
  const check = (where: string, [name, isValid]: Form, texts: Iterable<unknown>): void => {
    for (const text of texts)
      if (!isValid(String(text)))
        losses.add('refused', 'text', where, `${JSON.stringify(text)} is not ${name}`);
  };
  check('digest', DIGEST, [manifest.digest]);
  for (const { method, path } of manifest.routes) check(`${method} ${path}`, METHOD, [method]);
  for (const { methods, declared } of manifest.paths) check(declared, METHOD, methods ?? []);
  for (const [name, policy] of Object.entries(manifest.policies))
    for (const [form, texts] of textsOf(policy)) check(`policies.${name}`, form, texts);
}

function textsOf(policy: CorsManifestPolicy): readonly (readonly [Form, readonly unknown[]])[] {
  const { preflightHeaders, resourcePolicy } = policy;
  return [
    [METHOD, policy.methods ?? []],
    [LISTED_HEADER, [...(policy.allowedHeaders ?? []), ...policy.exposedHeaders]],
    [HEADER, [...policy.vary, ...Object.keys(preflightHeaders)]],
    [VALUE, Object.values(preflightHeaders)],
    [HEADER, resourcePolicy === null ? [] : [resourcePolicy]],
    [NUMBER, [policy.maxAge, policy.optionsSuccessStatus]],
  ];
}
