import { types } from 'node:util';
import type { CorsIssueCode } from '../issues/codes.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { reportCovered } from './covered-origin.js';
import { isPlainOrigin } from './plain-origin.js';
import type { GrowingOrigins } from '../../protocol/origin/exact-origins.js';
import { OriginTable } from '../../protocol/origin/origin-table.js';
import type { OriginSources, WrittenRegExp } from '../../protocol/origin/matcher.js';
import { parseOriginPattern } from './origin-pattern.js';
import type { OriginPattern } from '../../protocol/origin/pattern.js';
import type { CorsOriginPredicate } from '../../protocol/origin/predicate.js';
import loadLanguage from './load-language.cjs';
import { show } from '../../protocol/show-value.js';

type Language = typeof import('./language.js');

/** A pattern and the place that brought it: written there, or covering a RegExp written there. */
export interface PlacedPattern {
  readonly where: string;
  readonly pattern: OriginPattern;
  /** The RegExp that the pattern covers; `undefined` where the pattern was written itself. */
  readonly regexp?: RegExp;
}

/** The `origin` option, read. */
export interface ReadOrigins extends OriginSources {
  /** `'*'` was given. */
  readonly any: boolean;
  /** `false` was given. */
  readonly none: boolean;
  /** Patterns that together allow everything that patterns and RegExps allow. */
  readonly reach: readonly PlacedPattern[];
  /** Where each predicate was written: `policies.partners.origin[1]`. */
  readonly predicatePlaces: readonly string[];
}

/** A list of so many is read in the way that is made for long ones. */
const MANY = 250;
/** A `Set` of so many pauses for too long while it grows. */
const TOO_MANY_FOR_A_SET = 10_000;
/** Origins that are looked at in one go; in between others may have their turn. */
export const PAGE = 64;

/** Behind a value that is not there. */
export const UNSET = '(if it comes from an environment variable: is that variable set?)';

/** Allows nobody. */
const NOTHING: ReadOrigins = {
  any: false,
  none: false,
  patterns: [],
  regexps: [],
  expressions: [],
  predicates: [],
  reach: [],
  predicatePlaces: [],
};

/** The list of a live policy that no source has given yet: nobody. */
export const UNLISTED: ReadOrigins = NOTHING;

/** `origin: false`. */
export const NO_ORIGINS: ReadOrigins = { ...NOTHING, none: true };

/** Reads the `origin` option; every element that cannot be right becomes an issue. */
export function readOrigins(value: unknown, where: string, issues: IssueCollector): ReadOrigins {
  if (value === false) return NO_ORIGINS;
  if (value === '*') return { ...NOTHING, any: true };
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    issues.add(
      'missing-origin',
      where,
      `${value === undefined ? `\`origin\` is undefined ${UNSET}` : 'no origin is allowed'}; name at least one, or write \`origin: false\` (or @NoCors()) for no CORS, or '*' for everyone without credentials`,
      value,
    );
    return NOTHING;
  }
  const reading = new OriginsReading(where, issues, Array.isArray(value) ? value.length : 1, false);
  if (!Array.isArray(value)) reading.read(value, where);
  else for (const _ of reading.list(value)); // nobody waits for the pauses
  return reading.result();
}

/** Sorts the elements of a list of origins by what they are. */
export class OriginsReading {
  private readonly plain: GrowingOrigins | undefined;
  private readonly patterns: OriginPattern[] = [];
  private readonly regexps: ((origin: string) => boolean)[] = [];
  private readonly expressions: WrittenRegExp[] = [];
  private readonly predicates: CorsOriginPredicate[] = [];
  private readonly reach: PlacedPattern[] = [];
  private readonly predicatePlaces: string[] = [];

  private index = 0;

  /**
   * @param count how many elements there are
   * @param isServing requests wait while it reads, and may not wait long; at start-up there are none, and a `Set` is looked up faster
   */
  constructor(
    private readonly where: string,
    private readonly issues: IssueCollector,
    count: number,
    isServing = true,
  ) {
    if (count < MANY) return;
    this.plain = isServing && count > TOO_MANY_FOR_A_SET ? new OriginTable(count) : new Set();
  }

  result(): ReadOrigins {
    const { patterns, regexps, expressions, predicates, reach, predicatePlaces, plain } = this;
    const read = { patterns, regexps, expressions, predicates, reach, predicatePlaces };
    return { any: false, none: false, ...read, ...(plain === undefined ? {} : { plain }) };
  }

  /** Reads elements, the next ones of the list; pauses so that others may have their turn. */
  *list(elements: readonly unknown[]): Generator<void> {
    for (const element of elements) {
      this.next(element);
      if (this.index % PAGE === 0) yield;
    }
  }

  private next(element: unknown): void {
    const { plain, index } = this;
    this.index += 1;
    if (plain === undefined || typeof element !== 'string' || !isPlainOrigin(element)) {
      this.read(element, `${this.where}[${index}]`);
      return;
    }
    const { size } = plain;
    plain.add(element);
    if (plain.size === size) reportCovered(element, `${this.where}[${index}]`, this.issues);
  }

  read(value: unknown, where: string): void {
    if (typeof value === 'string') this.readString(value, where);
    else if (types.isRegExp(value)) this.readRegExp(value, where);
    else if (typeof value === 'function') this.readPredicate(value as CorsOriginPredicate, where);
    else this.issues.add(...wrongType(value, where), value);
  }

  private readString(value: string, where: string): void {
    if (value === '*') {
      this.issues.add(
        'wildcard-in-list',
        where,
        "'*' already means everyone and stands alone, not in a list; write `origin: '*'`, or name origins instead",
        value,
      );
      return;
    }
    const { pattern, problem } = parseOriginPattern(value);
    if (pattern === undefined) {
      this.issues.add(problem.code, where, problem.message, value);
      return;
    }
    this.patterns.push(pattern);
    this.reach.push({ where, pattern });
  }

  private readPredicate(value: CorsOriginPredicate, where: string): void {
    this.predicates.push(value);
    this.predicatePlaces.push(where);
  }

  /** A RegExp comes in only if the audit proves which patterns cover it. */
  private readRegExp(value: RegExp, where: string): void {
    const { auditOriginRegExp } = loadLanguage() as Language;
    const audit = auditOriginRegExp(value);
    if (!audit.ok) {
      for (const { code, message } of audit.problems) this.issues.add(code, where, message, value);
      return;
    }
    for (const { code, message } of audit.warnings) this.issues.add(code, where, message, value);
    this.regexps.push(audit.test);
    this.expressions.push({ regexp: value.source, flags: value.flags });
    this.reach.push(...audit.covers.map((pattern) => ({ where, pattern, regexp: value })));
  }
}

function wrongType(
  value: unknown,
  where: string,
): [code: CorsIssueCode, where: string, message: string] {
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
    `${show(value)} is no origin${value === undefined ? ` ${UNSET}` : ''}; write a string, a RegExp, a predicate, an array of these, or false`,
  ];
}
