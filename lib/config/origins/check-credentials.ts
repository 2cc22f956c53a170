import { compileOriginMatcher } from '../../protocol/origin/matcher.js';
import { isExact } from '../../protocol/origin/pattern.js';
import { show } from '../../protocol/show-value.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import type { CorsPolicyOptions } from '../policies/policy-options.js';
import loadLanguage from './load-language.cjs';
import type { Inclusion, OriginLanguage } from './language/inclusion.js';
import type { ReadOrigins } from './read-origins.js';

type Language = typeof import('./language.js');
/** A member of a list of credentialed origins. */
type Entry = string | RegExp;

/**
 * Reports origins on the `credentials` list that `origin` does not allow: whoever wrote them believes that they may read. What
 * an origin predicate would say cannot be told, and does no harm: an origin that it denies is denied, listed or not.
 */
export function checkCovered(
  { credentials, origin = [] }: CorsPolicyOptions,
  origins: ReadOrigins,
  placeOf: (index: number) => string,
  issues: IssueCollector,
): void {
  if (!Array.isArray(credentials) || origins.any) return;
  const allows = compileOriginMatcher(origins).allows;
  const written = new Set([origin].flat().map(String));
  for (const [index, entry] of (credentials as readonly Entry[]).entries()) {
    // The same entry, or an exact origin: nothing to prove.
    if (written.has(String(entry)) || (typeof entry === 'string' && allows(entry))) continue;
    const message = messageFor(entry, compare(entry, origins, origin));
    if (message !== undefined)
      issues.add('credentials-beyond-origin', placeOf(index), message, entry);
  }
}

function compare(entry: Entry, origins: ReadOrigins, origin: OriginLanguage): Inclusion {
  if (typeof entry === 'string' && !entry.includes('*'))
    return origins.predicates.length > 0 ? { unknown: 'predicate' } : { witness: entry };
  const { auditOriginRegExp, findBeyond } = loadLanguage() as Language;
  const audit = typeof entry === 'string' ? undefined : auditOriginRegExp(entry);
  const matters = audit?.ok ? audit.test : (): boolean => false;
  // Exact origins may be a million, and none of them covers a pattern.
  const exact = new Set(origins.patterns.filter(isExact).map(({ source }) => source));
  const compared = [origin]
    .flat()
    .filter((one) => !(typeof one === 'string' && exact.has(one)) || matters(one));
  return findBeyond(entry, compared as OriginLanguage);
}

function messageFor(entry: Entry, inclusion: Inclusion): string | undefined {
  const shown = show(entry);
  if ('witness' in inclusion) {
    const witness = show(inclusion.witness);
    const what = witness === shown ? shown : `${shown}, and so ${witness}`;
    return `\`credentials\` lists ${what}, which \`origin\` does not allow; add it to \`origin\`, or list only what is allowed there`;
  }
  if ('included' in inclusion || inclusion.unknown === 'predicate') return undefined;
  return `\`credentials\` lists ${shown}, and whether \`origin\` allows all of it is too hard to tell; write the same entry in \`origin\` too`;
}
