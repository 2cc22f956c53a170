import { ANY, type CharSet } from './charset.js';
import { MAX_WORK, TooComplex } from './too-complex.js';

/**
 * A regular expression as a value. `nullable` says where the term accepts the empty word, one bit for each place: within
 * a text, at its start, at its end, and in an empty text, which is both.
 */
export type Term = { readonly id: number; readonly nullable: number } & (
  | { readonly kind: 'never' | 'empty' | 'start' | 'end' }
  | { readonly kind: 'set'; readonly chars: CharSet }
  | { readonly kind: 'cat'; readonly first: Term; readonly rest: Term }
  | { readonly kind: 'alt' | 'and'; readonly terms: readonly Term[] }
  | { readonly kind: 'star' | 'not'; readonly term: Term }
);

type Shape<T = Term> = T extends Term ? Omit<T, 'id'> : never;

const WITHIN = 0b0001;
const AT_START = 0b0010;
const AT_END = 0b0100;
const EMPTY_TEXT = 0b1000;
const ANYWHERE = 0b1111;

/** Makes terms. Equal terms are one object, so that a term is a state of an automaton: what may still follow. */
export class Terms {
  private work = 0;
  private readonly known = new Map<string | number, Term>();
  private readonly pairs = { alt: new Map<number, Term>(), and: new Map<number, Term>() };

  readonly never = this.make('never', { kind: 'never', nullable: 0 });
  readonly empty = this.make('empty', { kind: 'empty', nullable: ANYWHERE });
  /** `^` */
  readonly start = this.make('^', { kind: 'start', nullable: AT_START | EMPTY_TEXT });
  /** `$` */
  readonly end = this.make('$', { kind: 'end', nullable: AT_END | EMPTY_TEXT });
  /** Any text. */
  readonly all = this.star(this.set(ANY));

  set(chars: CharSet): Term {
    if (chars === 0n) return this.never;
    return this.make(`[${chars.toString(36)}`, { kind: 'set', chars, nullable: 0 });
  }

  cat(first: Term, rest: Term): Term {
    if (first === this.never || rest === this.never) return this.never;
    if (first === this.empty) return rest;
    if (rest === this.empty) return first;
    const nullable = first.nullable & rest.nullable;
    return this.make(pair(first, rest), { kind: 'cat', first, rest, nullable });
  }

  sequence(terms: readonly Term[]): Term {
    return terms.reduceRight((rest, term) => this.cat(term, rest), this.empty);
  }

  alt(...options: readonly Term[]): Term {
    return options.reduce((a, b) => this.joined('alt', a, b), this.never);
  }

  and(...conditions: readonly Term[]): Term {
    return conditions.reduce((a, b) => this.joined('and', a, b), this.all);
  }

  not(term: Term): Term {
    if (term === this.never) return this.all;
    if (term === this.all) return this.never;
    if (term.kind === 'not') return term.term;
    return this.make(`!${term.id}`, { kind: 'not', term, nullable: ANYWHERE & ~term.nullable });
  }

  star(term: Term): Term {
    if (term === this.never || term === this.empty) return this.empty;
    return term.kind === 'star'
      ? term
      : this.make(`${term.id}*`, { kind: 'star', term, nullable: ANYWHERE });
  }

  repeat(term: Term, min: number, max: number): Term {
    let tail = max === Infinity ? this.star(term) : this.empty;
    const optional = max === Infinity ? 0 : max - min;
    for (let round = 0; round < optional; round += 1) {
      tail = this.alt(this.empty, this.cat(term, tail));
    }
    for (let round = 0; round < min; round += 1) tail = this.cat(term, tail);
    return tail;
  }

  /** Nothing may stand where the term does. */
  skips(term: Term, atStart: boolean): boolean {
    return (term.nullable & (atStart ? AT_START : WITHIN)) !== 0;
  }

  /** The text may end here. */
  accepts(term: Term, atStart: boolean): boolean {
    return (term.nullable & (atStart ? EMPTY_TEXT : AT_END)) !== 0;
  }

  /** Either of the two, or both at once. */
  joined(kind: 'alt' | 'and', a: Term, b: Term): Term {
    const [neutral, decisive] = kind === 'alt' ? [this.never, this.all] : [this.all, this.never];
    if (a === b || b === neutral || a === decisive) return a;
    if (a === neutral || b === decisive) return b;
    const key = pair(a, b);
    const known = this.pairs[kind].get(key);
    if (known !== undefined) return known;
    const joined = this.junction(kind, a, b);
    this.pairs[kind].set(key, joined);
    return joined;
  }

  private junction(kind: 'alt' | 'and', a: Term, b: Term): Term {
    const parts = [a, b].flatMap((part) => (part.kind === kind ? part.terms : part));
    const terms = [...new Set(parts)].sort((x, y) => x.id - y.id);
    this.spend(terms.length);
    const nullable = kind === 'alt' ? a.nullable | b.nullable : a.nullable & b.nullable;
    return this.make(kind + terms.map(({ id }) => id).join(), { kind, terms, nullable });
  }

  private make(key: string | number, shape: Shape): Term {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.spend(1);
    const term: Term = { ...shape, id: this.known.size };
    this.known.set(key, term);
    return term;
  }

  /** @throws TooComplex where all that was asked about the terms together takes too much */
  spend(work: number): void {
    this.work += work;
    if (this.work > MAX_WORK) throw new TooComplex();
  }
}

/** A key of two terms; there are never more than {@link MAX_WORK} of them. */
function pair(a: Term, b: Term): number {
  return a.id * MAX_WORK + b.id;
}
