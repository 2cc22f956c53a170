import { ANY, type CharSet } from './charset.js';
import type { Term, Terms } from './terms.js';

/** By what may follow it, the characters that may be read next. No character is in two of the sets. */
export type Steps = ReadonlyMap<Term, CharSet>;
type Step = readonly [after: Term, chars: CharSet];

/** Derivatives of terms (Brzozowski, 1964), for whole sets of characters at a time (Owens, Reppy, Turon, 2009). */
export class Derivatives {
  private readonly known: readonly Map<Term, Steps>[] = [new Map(), new Map()];

  constructor(readonly terms: Terms) {}

  /** The derivatives of the term by every character; `atStart` where that is the first one of the text. */
  of(term: Term, atStart: boolean): Steps {
    const memo = this.known[Number(atStart)];
    const known = memo?.get(term);
    if (known !== undefined) return known;
    const steps = this.derive(term, atStart);
    memo?.set(term, steps);
    return steps;
  }

  private derive(term: Term, atStart: boolean): Steps {
    const of = (inner: Term): Steps => this.of(inner, atStart);
    switch (term.kind) {
      case 'set':
        return new Map([[this.terms.empty, term.chars]]);
      case 'cat': {
        const through = this.each(of(term.first), (after) => this.terms.cat(after, term.rest));
        return this.terms.skips(term.first, atStart)
          ? this.join('alt', through, of(term.rest))
          : through;
      }
      case 'alt':
      case 'and':
        return term.terms.map(of).reduce((a, b) => this.join(term.kind, a, b));
      case 'star':
        return this.each(of(term.term), (after) => this.terms.cat(after, term));
      case 'not':
        return this.each(withRest(of(term.term), this.terms.never), (after) =>
          this.terms.not(after),
        );
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
    const others = withRest(right, this.terms.never);
    for (const [a, ofA] of withRest(left, this.terms.never)) {
      for (const [b, ofB] of others) {
        const chars = ofA & ofB;
        if (chars !== 0n) this.add(steps, this.terms.joined(kind, a, b), chars);
      }
      this.terms.spend(others.length);
    }
    return steps;
  }

  private add(steps: Map<Term, CharSet>, after: Term, chars: CharSet): void {
    if (after !== this.terms.never) steps.set(after, (steps.get(after) ?? 0n) | chars);
  }
}

/** The steps, and that to `never` for all other characters. */
function withRest(steps: Steps, never: Term): readonly Step[] {
  let rest = ANY;
  for (const chars of steps.values()) rest &= ~chars;
  return rest === 0n ? [...steps] : [...steps, [never, rest]];
}
