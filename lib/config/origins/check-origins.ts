import { isPolicyRisk } from '../issues/acceptable-risks.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import type { CorsPolicyOptions } from '../policies/policy-options.js';
import { show } from '../../protocol/show-value.js';
import type { PolicyOrigins } from '../policies/policy-origins.js';
import type { PlacedPattern } from './read-origins.js';
import type { PublicSuffixOf } from './risk/public-suffix.js';
import { loopbackPortMessage } from './risk/loopback-port.js';
import { riskyOriginIssues, type OriginContext } from './risk/risky-origins.js';

/** Where the application runs, as far as it changes what is risky. */
export interface Surroundings {
  readonly production: boolean;
  /** The Public Suffix List; `undefined` where it is not installed. Asked for only when a wildcard is met. */
  readonly publicSuffixOf: () => PublicSuffixOf | undefined;
}

interface Judged extends PlacedPattern {
  /** Another origin cannot stand here alone. */
  readonly fixed?: boolean;
}

/** Reports origins that are valid and still dangerous, at their level. */
export function checkOrigins(
  { credentials, dangerouslyAllow = [] }: CorsPolicyOptions,
  { origins, credentialed }: PolicyOrigins,
  surroundings: Surroundings,
  issues: IssueCollector,
): void {
  const { production } = surroundings;
  const check = (placed: Judged, context: OriginContext): void =>
    checkRisks(placed, context, dangerouslyAllow, surroundings, issues);
  for (const placed of origins.reach)
    check(placed, { credentials: credentials === true, production });
  // No repair of a listed origin is proposed unless anybody may read: `origin` would have to allow it first.
  for (const placed of credentialed?.reach ?? [])
    check({ ...placed, fixed: !origins.any }, { credentials: true, production });
}

function checkRisks(
  { where, pattern, regexp, fixed }: Judged,
  context: OriginContext,
  accepted: readonly string[],
  surroundings: Surroundings,
  issues: IssueCollector,
): void {
  const portless = loopbackPortMessage(pattern);
  if (portless !== undefined) issues.add('unusual-host', where, portless, pattern.source);
  const suffixOf = pattern.subdomains ? listOrWarning(surroundings, issues) : undefined;
  for (const { code, harmless, message, fix } of riskyOriginIssues(pattern, context, suffixOf)) {
    const text = textOf(message, fixed && fix?.includes("'") ? undefined : fix, regexp);
    const value = regexp ?? pattern.source;
    if (harmless) issues.addAsWarning(code, where, text, value);
    else if (isPolicyRisk(code)) issues.addUnlessAccepted(code, where, text, { value, accepted });
    else issues.add(code, where, text, value);
  }
}

/** A fix is made from the pattern, which is wider than a RegExp that it covers. */
function textOf(message: string, fix: string | undefined, regexp: RegExp | undefined): string {
  if (regexp !== undefined) return `${show(regexp)} reaches ${message}`;
  return fix === undefined ? message : `${message}; ${fix}`;
}

function listOrWarning(
  { publicSuffixOf }: Surroundings,
  issues: IssueCollector,
): PublicSuffixOf | undefined {
  const list = publicSuffixOf();
  const warned = issues.warnings.some(({ code }) => code === 'no-public-suffix-list');
  if (list === undefined && !warned) {
    issues.add(
      'no-public-suffix-list',
      'CorsModule',
      'wildcard origins cannot be checked against the Public Suffix List; install tldts to be warned of patterns such as https://*.github.io, which anyone can join',
    );
  }
  return list;
}
