import loadLanguage from '../../config/origins/load-language.cjs';
import { parseOriginPattern } from '../../config/origins/origin-pattern.js';
import type { CorsManifestOrigin, CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { compileOriginMatcher } from '../../protocol/origin/matcher.js';
import { isExact, type OriginPattern } from '../../protocol/origin/pattern.js';

type Language = typeof import('../../config/origins/language.js');
type OriginLanguage = Parameters<Language['findBeyond']>[0];
type Inclusion = ReturnType<Language['findBeyond']>;

/** An exact origin may be the shortest of a comparison so often before it is given up. */
const MOST_ROUNDS = 64;

/** The origins of a policy in a manifest. Lists of a hundred thousand exact origins are looked up, not compared. */
export class OriginSet {
  private readonly everyone: boolean;
  private readonly exact = new Set<string>();
  private readonly patterns: OriginPattern[] = [];
  private readonly expressions: RegExp[] = [];
  /** By name and place. */
  private readonly predicates = new Set<string>();
  private known: ((origin: string) => boolean) | undefined;

  constructor(origins: CorsManifestPolicy['origin']) {
    this.everyone = origins === '*';
    if (typeof origins === 'object') for (const origin of origins) this.read(origin);
  }

  /** The shortest origin that this one allows and the other does not, of an https page if there is one; or proof of none. */
  beyond(other: OriginSet): Inclusion {
    if (other.everyone) return { included: true };
    const listed = [...this.exact].filter((origin) => !other.lists(origin)).sort(byPlainness)[0];
    const found = this.openBeyond(other);
    if ('unknown' in found) return found;
    const witness = [listed, 'witness' in found ? found.witness : undefined]
      .filter((origin): origin is string => origin !== undefined)
      .sort(byPlainness)[0];
    if (witness !== undefined)
      return other.predicates.size > 0 ? { unknown: 'predicate' } : { witness };
    const isAsked = [...this.predicates].some((predicate) => !other.predicates.has(predicate));
    return isAsked ? { unknown: 'predicate' } : { included: true };
  }

  /** Patterns and expressions, which allow more than their names: compared as languages, with the other's exact origins as far as they matter. */
  private openBeyond(other: OriginSet): Inclusion {
    const { findBeyond } = loadLanguage() as Language;
    const mine: OriginLanguage = this.everyone ? '*' : this.open;
    if (mine.length === 0) return { included: true };
    const theirs = [...other.open];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const found = findBeyond(mine, theirs);
      if (!('witness' in found) || !other.exact.has(found.witness)) return found;
      theirs.push(found.witness);
    }
    return findBeyond(mine, [...other.open, ...other.exact]);
  }

  private get open(): (string | RegExp)[] {
    return [...this.patterns.map(({ source }) => source), ...this.expressions];
  }

  /** Allows the origin, predicates aside. */
  private lists(origin: string): boolean {
    return this.exact.has(origin) || this.allows(origin);
  }

  private get allows(): (origin: string) => boolean {
    const { auditOriginRegExp } = loadLanguage() as Language;
    this.known ??= compileOriginMatcher({
      patterns: this.patterns,
      // An expression that was not proved harmless is asked of nothing.
      regexps: this.expressions.flatMap((regexp) => {
        const audit = auditOriginRegExp(regexp);
        return audit.ok ? [audit.test] : [];
      }),
      predicates: [],
    }).allows;
    return this.known;
  }

  private read(origin: CorsManifestOrigin): void {
    if (typeof origin === 'string') this.readText(origin);
    else if ('regexp' in origin) this.expressions.push(new RegExp(origin.regexp, origin.flags));
    else this.predicates.add(JSON.stringify([origin.predicate, origin.where]));
  }

  private readText(origin: string): void {
    const pattern = patternOf(origin);
    if (isExact(pattern)) this.exact.add(origin);
    else this.patterns.push(pattern);
  }
}

/** A text among the origins of a manifest. @throws Error where it is none that an application would have */
export function patternOf(origin: string): OriginPattern {
  const { pattern, problem } = parseOriginPattern(origin);
  if (pattern !== undefined) return pattern;
  throw new Error(
    `the manifest has ${JSON.stringify(origin)} among its origins: ${problem.message}`,
  );
}

/** https before http before anything else, then the shortest, then by alphabet. */
function byPlainness(left: string, right: string): number {
  return rank(left) - rank(right) || left.length - right.length || (left < right ? -1 : 1);
}

function rank(origin: string): number {
  return origin.startsWith('https:') ? 0 : origin.startsWith('http:') ? 1 : 2;
}
