import { CODES } from '../../issues/codes.js';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { loadPublicSuffixOf } from './public-suffix.js';
import { riskyOriginIssues } from './risky-origins.js';

/** The pattern would be refused for its risks beside `credentials`, in development: nothing that is proposed may be. */
export function isRefused(pattern: OriginPattern): boolean {
  const context = { credentials: true, production: false };
  const suffixOf = pattern.subdomains ? loadPublicSuffixOf() : undefined;
  return riskyOriginIssues(pattern, context, suffixOf).some(
    ({ code, harmless }) => harmless !== true && CODES[code].level !== 'warning',
  );
}
