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

/** By what may follow it, the characters that may be read next. No character is in two of the sets. */
export type Steps = ReadonlyMap<Term, CharSet>;
type Step = readonly [after: Term, chars: CharSet];

type Shape<T = Term> = T extends Term ? Omit<T, 'id'> : never;

const WITHIN = 0b0001;
const AT_START = 0b0010;
const AT_END = 0b0100;
const EMPTY_TEXT = 0b1000;
const ANYWHERE = 0b1111;

/**
 * Makes terms and their derivatives (Brzozowski, 1964), for whole sets of characters at a time (Owens, Reppy, Turon, 2009).
 * Equal terms are one object, so that a term is a state of an automaton: what may still follow.
 */
export class Terms {
  private work = 0;
  private readonly known = new Map<string | number, Term>();
  private readonly pairs = { alt: new Map<number, Term>(), and: new Map<number, Term>() };
  private readonly steps: readonly Map<Term, Steps>[] = [new Map(), new Map()];

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
    return options.reduce((a, b) => this.paired('alt', a, b), this.never);
  }

  and(...conditions: readonly Term[]): Term {
    return conditions.reduce((a, b) => this.paired('and', a, b), this.all);
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

  /** The derivatives of the term by every character; `atStart` where that is the first one of the text. */
  stepsOf(term: Term, atStart: boolean): Steps {
    const memo = this.steps[Number(atStart)];
    const known = memo?.get(term);
    if (known !== undefined) return known;
    const steps = this.derive(term, atStart);
    memo?.set(term, steps);
    return steps;
  }

  /** The text may end here. */
  accepts(term: Term, atStart: boolean): boolean {
    return (term.nullable & (atStart ? EMPTY_TEXT : AT_END)) !== 0;
  }

  private derive(term: Term, atStart: boolean): Steps {
    const of = (inner: Term): Steps => this.stepsOf(inner, atStart);
    switch (term.kind) {
      case 'set':
        return new Map([[this.empty, term.chars]]);
      case 'cat': {
        const through = this.each(of(term.first), (after) => this.cat(after, term.rest));
        const skips = (term.first.nullable & (atStart ? AT_START : WITHIN)) !== 0;
        return skips ? this.join('alt', through, of(term.rest)) : through;
      }
      case 'alt':
      case 'and':
        return term.terms.map(of).reduce((a, b) => this.join(term.kind, a, b));
      case 'star':
        return this.each(of(term.term), (after) => this.cat(after, term));
      case 'not':
        return this.each(withRest(of(term.term), this.never), (after) => this.not(after));
      default:
        return new Map();
    }
  }

  private each(steps: Iterable<Step>, change: (after: Term) => Term): Steps {
    const changed = new Map<Term, CharSet>();
    for (const [after, chars] of steps) this.add(changed, change(after), chars);
    return changed;
  }

  /** Both at once: characters that one of them does not read lead to `never` there. */
  private join(kind: 'alt' | 'and', left: Steps, right: Steps): Steps {
    const steps = new Map<Term, CharSet>();
    const others = withRest(right, this.never);
    for (const [a, ofA] of withRest(left, this.never)) {
      for (const [b, ofB] of others) {
        const chars = ofA & ofB;
        if (chars !== 0n) this.add(steps, this.paired(kind, a, b), chars);
      }
      this.spend(others.length);
    }
    return steps;
  }

  private add(steps: Map<Term, CharSet>, after: Term, chars: CharSet): void {
    if (after !== this.never) steps.set(after, (steps.get(after) ?? 0n) | chars);
  }

  private paired(kind: 'alt' | 'and', a: Term, b: Term): Term {
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

  private spend(work: number): void {
    this.work += work;
    if (this.work > MAX_WORK) throw new TooComplex();
  }
}

/** The steps, and that to `never` for all other characters. */
function withRest(steps: Steps, never: Term): readonly Step[] {
  let rest = ANY;
  for (const chars of steps.values()) rest &= ~chars;
  return rest === 0n ? [...steps] : [...steps, [never, rest]];
}

/** A key of two terms; there are never more than {@link MAX_WORK} of them. */
function pair(a: Term, b: Term): number {
  return a.id * MAX_WORK + b.id;
}
