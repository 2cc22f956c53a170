import { LETTERS, type CharSet } from './charset.js';
import { MAX_TERMS, TooComplex } from './too-complex.js';

/**
 * A regular expression as a value. `nullable` says where the term accepts the empty word, one bit for each place: within
 * a text, at its start, at its end, and in an empty text, which is both.
 */
export type Term = { readonly id: number; readonly nullable: number } & (
  | { readonly kind: 'never' | 'empty' | 'start' | 'end' }
  | { readonly kind: 'set'; readonly chars: CharSet }
  | { readonly kind: 'cat'; readonly first: Term; readonly rest: Term }
  | { readonly kind: 'alt'; readonly terms: readonly Term[] }
  | { readonly kind: 'star'; readonly term: Term }
);

type Shape<T = Term> = T extends Term ? Omit<T, 'id'> : never;

const WITHIN = 0b0001;
const AT_START = 0b0010;
const AT_END = 0b0100;
const EMPTY_TEXT = 0b1000;
const ANYWHERE = 0b1111;

/**
 * Makes terms and their derivatives (Brzozowski, 1964). Equal terms are one object, so that a term is a state of an
 * automaton: what may still follow.
 */
export class Terms {
  private classes = { sets: -1, map: new Map<string, string>() };
  private readonly known = new Map<string, Term>();
  private readonly derivatives = new Map<number, Term>();

  readonly never = this.make('never', { kind: 'never', nullable: 0 });
  readonly empty = this.make('empty', { kind: 'empty', nullable: ANYWHERE });
  /** `^` */
  readonly start = this.make('^', { kind: 'start', nullable: AT_START | EMPTY_TEXT });
  /** `$` */
  readonly end = this.make('$', { kind: 'end', nullable: AT_END | EMPTY_TEXT });

  /** The sets that occur in any term: what tells characters apart. */
  readonly sets = new Set<CharSet>();

  set(chars: CharSet): Term {
    if (chars.size === 0) return this.never;
    const term = this.make(`[${[...chars].sort().join('')}`, { kind: 'set', chars, nullable: 0 });
    if (term.kind === 'set') this.sets.add(term.chars);
    return term;
  }

  cat(first: Term, rest: Term): Term {
    if (first === this.never || rest === this.never) return this.never;
    if (first === this.empty) return rest;
    if (rest === this.empty) return first;
    const nullable = first.nullable & rest.nullable;
    return this.make(`${first.id}.${rest.id}`, { kind: 'cat', first, rest, nullable });
  }

  sequence(terms: readonly Term[]): Term {
    return terms.reduceRight((rest, term) => this.cat(term, rest), this.empty);
  }

  alt(...options: readonly Term[]): Term {
    const found = new Set<Term>();
    for (const option of options) {
      if (option.kind === 'alt') option.terms.forEach((term) => found.add(term));
      else if (option !== this.never) found.add(option);
    }
    const [only = this.never] = found;
    if (found.size < 2) return only;
    const terms = [...found].sort((a, b) => a.id - b.id);
    const nullable = terms.reduce((bits, term) => bits | term.nullable, 0);
    const key = terms.map(({ id }) => id).join('|');
    return this.make(key, { kind: 'alt', terms, nullable });
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

  /** The term of everything that may follow the character; `atStart` where it is the first one of the text. */
  derive(term: Term, character: string, atStart: boolean): Term {
    if (term === this.never) return term;
    const key = (term.id * 2 + Number(atStart)) * 0x10000 + character.charCodeAt(0);
    const known = this.derivatives.get(key);
    if (known !== undefined) return known;
    const derivative = this.derivativeOf(term, character, atStart);
    this.derivatives.set(key, derivative);
    return derivative;
  }

  /** By character, the plainest one that no set of the terms tells from it. */
  representatives(): ReadonlyMap<string, string> {
    if (this.classes.sets === this.sets.size) return this.classes.map;
    let map = new Map(LETTERS.map((letter) => [letter, '']));
    for (const chars of this.sets) {
      map = new Map(Array.from(map, ([letter, key]) => [letter, key + Number(chars.has(letter))]));
    }
    const plainest = new Map<string, string>();
    for (const [letter, key] of map) {
      plainest.set(key, plainest.get(key) ?? letter);
      map.set(letter, plainest.get(key) ?? letter);
    }
    this.classes = { sets: this.sets.size, map };
    return map;
  }

  /** The text may end here. */
  accepts(term: Term, atStart: boolean): boolean {
    return (term.nullable & (atStart ? EMPTY_TEXT : AT_END)) !== 0;
  }

  private derivativeOf(term: Term, character: string, atStart: boolean): Term {
    switch (term.kind) {
      case 'set':
        return term.chars.has(character) ? this.empty : this.never;
      case 'cat': {
        const after = this.cat(this.derive(term.first, character, atStart), term.rest);
        const skips = (term.first.nullable & (atStart ? AT_START : WITHIN)) !== 0;
        return skips ? this.alt(after, this.derive(term.rest, character, atStart)) : after;
      }
      case 'alt':
        return this.alt(
          ...term.terms
            .map((option) => this.derive(option, character, atStart))
            .filter((derivative) => derivative !== this.never),
        );
      case 'star':
        return this.cat(this.derive(term.term, character, atStart), term);
      default:
        return this.never;
    }
  }

  private make(key: string, shape: Shape): Term {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size >= MAX_TERMS) throw new TooComplex();
    const term: Term = { ...shape, id: this.known.size };
    this.known.set(key, term);
    return term;
  }
}
