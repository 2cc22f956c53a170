import { types } from 'node:util';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import type { CorsPolicyOptions } from '../../policies/policy-options.js';
import { parseOriginPattern } from '../origin-pattern.js';
import { Languages } from './languages.js';
import { parseRegExp, UnsupportedRegExp } from './parser.js';
import type { Term } from './terms.js';
import { TooComplex } from './too-complex.js';

/** The origins that an `origin` option allows, in the form of that option. */
export type OriginLanguage = NonNullable<CorsPolicyOptions['origin']>;

/** The outcome of {@link findBeyond}: exactly one of the three. */
export type Inclusion =
  | { readonly included: true }
  /** Allowed by the one and not by the other. */
  | { readonly witness: string }
  /** Why it cannot be told. */
  | { readonly unknown: 'predicate' | 'too-complex' | 'unsupported' };

/**
 * Decides whether `b` allows every origin that `a` allows, and shows the shortest that it does not: of an https page if
 * there is one, else of an http page. Counts what browsers can send; a predicate can only be told where it does not matter.
 *
 * @throws Error for a string that is no origin pattern
 */
export function findBeyond(a: OriginLanguage, b: OriginLanguage): Inclusion {
  if (b === '*') return { included: true };
  try {
    return compare(new Languages(), partsOf(a), partsOf(b));
  } catch (error) {
    if (error instanceof TooComplex) return { unknown: 'too-complex' };
    if (error instanceof UnsupportedRegExp) return { unknown: 'unsupported' };
    throw error;
  }
}

function compare(languages: Languages, a: Parts, b: Parts): Inclusion {
  const witness = languages.originBeyond(termOf(languages, a), termOf(languages, b));
  if (witness === undefined) return a.predicates ? { unknown: 'predicate' } : { included: true };
  return b.predicates ? { unknown: 'predicate' } : { witness };
}

interface Parts {
  readonly everyone: boolean;
  readonly patterns: readonly OriginPattern[];
  readonly regexps: readonly RegExp[];
  readonly predicates: boolean;
}

function partsOf(language: OriginLanguage): Parts {
  const list: readonly unknown[] = language === false ? [] : [language].flat();
  const strings = list.filter(
    (origin): origin is string => typeof origin === 'string' && origin !== '*',
  );
  return {
    everyone: list.includes('*'),
    patterns: strings.map(patternOf),
    regexps: list.filter((origin): origin is RegExp => types.isRegExp(origin)),
    predicates: list.some((origin) => typeof origin === 'function'),
  };
}

function patternOf(source: string): OriginPattern {
  const { pattern, problem } = parseOriginPattern(source);
  if (pattern === undefined) throw new Error(problem.message);
  return pattern;
}

function termOf(languages: Languages, { everyone, patterns, regexps }: Parts): Term {
  if (everyone) return languages.everything;
  return languages.terms.alt(
    languages.patterns(patterns),
    ...regexps.map((regexp) => languages.expression(parseRegExp(regexp), regexp.flags)),
  );
}
