import type { IssueCollector } from './issue-collector.js';
import { compileOriginMatcher } from './origin-matcher.js';
import { isExact } from './origin-pattern.js';
import type { CorsPolicyOptions } from './policy-options.js';
import type { PlacedPattern, ReadOrigins } from './read-origins.js';
import type { PublicSuffixOf } from './risk/public-suffix.js';
import { riskyOriginIssues, type OriginContext } from './risk/risky-origins.js';
import { show } from './show-value.js';

/** Where the application runs, as far as it changes what is risky. */
export interface Surroundings {
  readonly production: boolean;
  /** The Public Suffix List; `undefined` where it is not installed. Asked for only when a wildcard is met. */
  readonly publicSuffixOf: () => PublicSuffixOf | undefined;
}

/** Reports origins that are valid and still dangerous, at their level, and origins that add nothing. */
export function checkOrigins(
  options: CorsPolicyOptions,
  origins: ReadOrigins,
  surroundings: Surroundings,
  issues: IssueCollector,
): void {
  const context = {
    credentials: options.credentials === true,
    production: surroundings.production,
  };
  for (const placed of origins.reach) {
    checkRisks(placed, context, options.dangerouslyAllow ?? [], surroundings, issues);
  }
  reportRedundant(origins, issues);
}

function checkRisks(
  { where, pattern }: PlacedPattern,
  context: OriginContext,
  accepted: readonly string[],
  surroundings: Surroundings,
  issues: IssueCollector,
): void {
  const suffixOf = pattern.subdomains ? listOrWarning(surroundings, issues) : undefined;
  for (const { code, level, message, fix } of riskyOriginIssues(pattern, context, suffixOf)) {
    const text = fix === undefined ? message : `${message}; ${fix}`;
    if (level === 'warning') issues.warn(code, where, text, pattern.source);
    else if (level === 'error') issues.error(code, where, text, pattern.source);
    else issues.danger(code, where, text, accepted, pattern.source);
  }
}

function listOrWarning(
  { publicSuffixOf }: Surroundings,
  issues: IssueCollector,
): PublicSuffixOf | undefined {
  const list = publicSuffixOf();
  const warned = issues.warnings.some(({ code }) => code === 'no-public-suffix-list');
  if (list === undefined && !warned) {
    issues.warn(
      'no-public-suffix-list',
      'CorsModule',
      'wildcard origins cannot be checked against the Public Suffix List; install tldts to be warned of patterns such as https://*.github.io, which anyone can join',
    );
  }
  return list;
}

/** An origin that another one covers misleads whoever removes that other one later. */
function reportRedundant({ reach, patterns }: ReadOrigins, issues: IssueCollector): void {
  const wildcards = patterns.filter((pattern) => !isExact(pattern));
  const covered = compileOriginMatcher({ patterns: wildcards, regexps: [], predicates: [] });
  const written = new Set(patterns);
  const seen = new Set<string>();
  for (const { where, pattern } of reach) {
    if (!written.has(pattern)) continue; // covers a RegExp, nobody wrote it
    const { source } = pattern;
    if (seen.has(source) || (isExact(pattern) && covered.allows(source))) {
      issues.warn(
        'redundant-origin',
        where,
        `${show(source)} is covered by another entry of the list; remove one`,
        source,
      );
    }
    seen.add(source);
  }
}
