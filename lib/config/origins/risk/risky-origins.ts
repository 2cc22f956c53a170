import { CODES } from '../../issues/codes.js';
import type { PublicSuffixOf } from './public-suffix.js';
import { isRegistry, reachOf } from './risky-hosts.js';
import { RULES, WEB_SCHEMES, type Subject } from './rules.js';
import { show } from '../../../protocol/show-value.js';

/** An origin or origin pattern, read. */
export interface OriginShape {
  readonly source: string;
  readonly scheme: string;
  /** Without the leading `*.`. */
  readonly host: string;
  /** `'*'` for any; empty or `undefined` for the default port of the scheme. */
  readonly port: string | undefined;
  /** Labels must stand in front of the host. */
  readonly subdomains: boolean;
}

export interface OriginContext {
  readonly credentials: boolean;
  readonly production: boolean;
}

export type RiskyOriginCode =
  | 'any-port-with-credentials'
  | 'extension-origin-per-install'
  | 'extension-wildcard'
  | 'insecure-origin-with-credentials'
  | 'local-origin-in-production'
  | 'public-suffix-wildcard'
  | 'shared-hosting-origin'
  | 'subdomains-with-credentials'
  | 'unusual-host';

export interface RiskyOriginIssue {
  readonly code: RiskyOriginCode;
  /** A danger that is worth no more than a warning, since there are no `credentials`. */
  readonly harmless?: boolean;
  /** The mistake and what it would let happen. */
  readonly message: string;
  /** The line to write instead. */
  readonly fix?: string;
}

/**
 * Risks of an origin that is syntactically fine.
 *
 * @param publicSuffixOf from {@link loadPublicSuffixOf}; without it only the obvious suffixes (`com`, `co.uk`) are known
 */
export function riskyOriginIssues(
  shape: OriginShape,
  context: OriginContext,
  publicSuffixOf: PublicSuffixOf | undefined,
): readonly RiskyOriginIssue[] {
  const { source, scheme, host, port, subdomains } = shape;
  const { credentials, production } = context;
  const reach = reachOf(host);
  const registry = subdomains && WEB_SCHEMES.has(scheme) && isRegistry(host, publicSuffixOf);
  // Spelled out: lists may be long, and a spread takes longer than all rules together.
  const subject: Subject = {
    source,
    scheme,
    host,
    port,
    subdomains,
    credentials,
    production,
    shown: show(source),
    reach,
    registry,
  };
  const issues: RiskyOriginIssue[] = [];
  for (const rule of RULES) {
    const issue = rule(subject);
    if (issue !== undefined) issues.push(issue);
  }
  return issues.length > 1 ? issues.map((issue) => withoutRefused(issue, issues)) : issues;
}

/** A proposal that mends one danger is refused on the next start where another one stays: it is left out. */
function withoutRefused(
  issue: RiskyOriginIssue,
  issues: readonly RiskyOriginIssue[],
): RiskyOriginIssue {
  const { fix, ...rest } = issue;
  const refused = issues.some((other) => other !== issue && refuses(other));
  return fix !== undefined && fix.includes("'") && refused ? rest : issue;
}

/** More than a warning. */
export function refuses({ code, harmless }: RiskyOriginIssue): boolean {
  return harmless !== true && CODES[code].level !== 'warning';
}
