import type { IssueCollector } from '../issues/issue-collector.js';
import { POLICY_KEYS } from './policy-keys.js';

/** Options that hold where nobody may read: they do not depend on an origin that is allowed. */
const HOLDING: ReadonlySet<string> = new Set([
  'origin',
  'denied',
  'preflightHeaders',
  'resourcePolicy',
  'extends',
]);

/** Reports options beside `origin: false` that say what allowed origins may do: there are none. */
export function checkClosed(
  source: Record<string, unknown>,
  where: string,
  issues: IssueCollector,
): void {
  if (source['origin'] !== false) return;
  for (const [key, value] of Object.entries(source)) {
    if (value === undefined || HOLDING.has(key) || !Object.hasOwn(POLICY_KEYS, key)) continue;
    const message = `\`${key}\` has no effect beside \`origin: false\`, which allows nobody; remove it, or name the origins that it is meant for`;
    issues.add('option-without-effect', `${where}.${key}`, message, value);
  }
}
