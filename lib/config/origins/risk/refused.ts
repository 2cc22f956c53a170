import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { loadPublicSuffixOf } from './public-suffix.js';
import { refuses, riskyOriginIssues, type OriginContext } from './risky-origins.js';

/** As strict as development is: nothing that is proposed to everybody may be refused there. */
const WITH_CREDENTIALS: OriginContext = { credentials: true, production: false };

/** Start-up would refuse the pattern for its risks, unless they are accepted by name. */
export function isRefused(pattern: OriginPattern, context = WITH_CREDENTIALS): boolean {
  const suffixOf = pattern.subdomains ? loadPublicSuffixOf() : undefined;
  return riskyOriginIssues(pattern, context, suffixOf).some(refuses);
}
