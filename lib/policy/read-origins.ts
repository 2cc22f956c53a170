import type { IssueCollector } from './issue-collector.js';
import type { OriginSources } from './origin-matcher.js';
import { parseOriginPattern, type OriginPattern } from './origin-pattern.js';
import type { CorsOriginPredicate } from './policy-options.js';
import { show } from './show-value.js';

/** What the `origin` option came to. */
export interface ReadOrigins extends OriginSources {
  /** `'*'` was given. */
  readonly any: boolean;
  /** `false` was given. */
  readonly none: boolean;
}

const NOTHING: ReadOrigins = { any: false, none: false, patterns: [], regexps: [], predicates: [] };

/** Reads the `origin` option; every element that cannot be right becomes an issue. */
export function readOrigins(value: unknown, where: string, issues: IssueCollector): ReadOrigins {
  if (value === false) return { ...NOTHING, none: true };
  if (value === '*') return { ...NOTHING, any: true };
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    issues.error(
      'missing-origin',
      where,
      "no origin is allowed; name at least one, or write `origin: false` (or @NoCors()) for no CORS, or '*' for everyone without credentials",
      value,
    );
    return NOTHING;
  }
  return Array.isArray(value)
    ? readList(value, where, issues)
    : readList([value], where, issues, true);
}

function readList(
  values: readonly unknown[],
  where: string,
  issues: IssueCollector,
  single = false,
): ReadOrigins {
  const read = {
    patterns: [] as OriginPattern[],
    regexps: [] as RegExp[],
    predicates: [] as CorsOriginPredicate[],
  };
  for (const [index, value] of values.entries()) {
    const place = single ? where : `${where}[${index}]`;
    if (typeof value === 'string') readString(value, place, issues, read.patterns);
    else if (value instanceof RegExp) read.regexps.push(value);
    else if (typeof value === 'function') read.predicates.push(value as CorsOriginPredicate);
    else issues.error(...wrongType(value, place), value);
  }
  return { ...NOTHING, ...read };
}

function readString(
  value: string,
  where: string,
  issues: IssueCollector,
  patterns: OriginPattern[],
): void {
  if (value === '*') {
    issues.error(
      'wildcard-in-list',
      where,
      "'*' already means everyone, the other origins would have no effect; write `origin: '*'` alone or remove it",
      value,
    );
    return;
  }
  const { pattern, problem } = parseOriginPattern(value);
  if (pattern !== undefined) patterns.push(pattern);
  else issues.error(problem.code, where, problem.message, value);
}

function wrongType(value: unknown, where: string): [code: string, where: string, message: string] {
  if (value === true) {
    return [
      'reflects-every-origin',
      where,
      "`origin: true` reflects every origin, which is everyone, with credentials too; write '*' without credentials, or name the origins",
    ];
  }
  return [
    'invalid-origin-type',
    where,
    `${show(value)} is no origin; write a string, a RegExp, a predicate, an array of these, or false`,
  ];
}
