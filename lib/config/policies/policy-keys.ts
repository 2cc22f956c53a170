import type { CorsPolicyOptions } from './policy-options.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import type { OptionsKind } from './options-kind.js';
import { suggestName } from '../issues/nearest-name.js';
import { showKey } from '../../protocol/show-value.js';

export const POLICY_KEYS: Readonly<Record<keyof CorsPolicyOptions, true>> = {
  origin: true,
  methods: true,
  allowedHeaders: true,
  exposedHeaders: true,
  credentials: true,
  maxAge: true,
  optionsSuccessStatus: true,
  denied: true,
  vary: true,
  preflightHeaders: true,
  timingAllowOrigin: true,
  resourcePolicy: true,
  extends: true,
  dangerouslyAllow: true,
  reportOnly: true,
};

/** A policy written out. */
export const POLICY_KIND: OptionsKind = {
  example: "{ origin: 'https://app.example.com' }",
  known: POLICY_KEYS,
};

/** Options of Nest's `enableCors()` and of other libraries that have no place here, and why. */
const REFUSED_KEYS: Readonly<Record<string, string>> = {
  preflightContinue:
    'a preflight that goes on to handlers runs guards without credentials; remove it, plain OPTIONS requests reach your handlers anyway',
  strategy:
    'Nest reads controllers before asynchronous options exist; write it beside `useFactory`: forRootAsync({ strategy, useFactory })',
  privateNetwork:
    'Private Network Access was replaced by Local Network Access, a permission without any header; remove it',
};

/** Reports keys that are not among the known ones, with the key that was probably meant as the fix. */
export function checkKeys(
  keys: readonly string[],
  known: Readonly<Record<string, true>>,
  where: string,
  issues: IssueCollector,
): void {
  for (const key of keys) {
    if (Object.hasOwn(known, key)) continue;
    const refused = Object.hasOwn(REFUSED_KEYS, key) ? REFUSED_KEYS[key] : undefined;
    const code = refused === undefined ? 'unknown-option' : 'refused-option';
    const reason = refused ?? suggestName(key, Object.keys(known));
    issues.add(code, where, `${showKey(key)} is not an option: ${reason}`, key);
  }
}
