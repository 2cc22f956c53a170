import { MAX_ORIGIN_LENGTH } from '../../../protocol/origin/grammar.js';
import type { Term, Terms } from './terms.js';
import { MAX_STATES, TooComplex } from './too-complex.js';

/**
 * The shortest word, and of these the plainest, that every term of `within` accepts and `outside` does not; `undefined`
 * proves that there is none as short as an origin. `states` counts what was looked at.
 */
export function findWord(
  terms: Terms,
  within: readonly Term[],
  outside: Term,
): { readonly word: string | undefined; readonly states: number } {
  const letters = [...new Set(terms.representatives().values())];
  const seen = new Set<string>();
  let level: [state: State, word: string][] = [[[...within, outside], '']];
  for (let length = 0; level.length > 0 && length <= MAX_ORIGIN_LENGTH; length += 1) {
    const next: typeof level = [];
    for (const [state, word] of level) {
      if (isFound(terms, state, length === 0)) return { word, states: seen.size };
      for (const letter of letters) {
        const after = step(terms, state, letter, length === 0);
        const key = after?.map(({ id }) => id).join();
        if (after === undefined || key === undefined || seen.has(key)) continue;
        if (seen.size >= MAX_STATES) throw new TooComplex();
        seen.add(key);
        next.push([after, word + letter]);
      }
    }
    level = next;
  }
  return { word: undefined, states: seen.size };
}

/** The rest of each term; the last one is that which must not accept. */
type State = readonly Term[];

function isFound(terms: Terms, state: State, atStart: boolean): boolean {
  const last = state.length - 1;
  return state.every((term, index) => terms.accepts(term, atStart) === index < last);
}

/** `undefined` where a term that must accept no longer can. */
function step(terms: Terms, state: State, letter: string, atStart: boolean): State | undefined {
  const after: Term[] = [];
  for (const term of state) {
    const derivative = terms.derive(term, letter, atStart);
    if (derivative === terms.never && after.length < state.length - 1) return undefined;
    after.push(derivative);
  }
  return after;
}

/** Decides by one look-up a character. */
export type WordTest = (word: string) => boolean;

/** The term as a table: matching takes as many steps as the word has characters, whatever the expression. */
export function compileTest(terms: Terms, term: Term): WordTest {
  const letters = [...new Set(terms.representatives().values())];
  const classes = classesOf(terms.representatives(), letters);
  const states: Term[] = [term];
  const numbers = new Map<Term, number>();
  const table: number[] = [];
  for (let state = 0; state < states.length; state += 1) {
    for (const letter of letters) {
      const after = terms.derive(states[state] ?? terms.never, letter, state === 0);
      const number = numbers.get(after) ?? states.push(after) - 1;
      if (number >= MAX_STATES) throw new TooComplex();
      numbers.set(after, number);
      table.push(number);
    }
  }
  const accepting = states.map((state, number) => terms.accepts(state, number === 0));
  const next = Uint16Array.from(table);
  const width = letters.length;
  return (word) => {
    let state = 0;
    for (let index = 0; index < word.length; index += 1) {
      const letter = classes[word.charCodeAt(index)];
      if (letter === undefined) return false;
      state = next[state * width + letter] ?? 0;
    }
    return accepting[state] === true;
  };
}

/** By code of an ASCII character: the index of its representative. */
function classesOf(
  representatives: ReadonlyMap<string, string>,
  letters: readonly string[],
): readonly number[] {
  return Array.from({ length: 128 }, (_, code) =>
    letters.indexOf(representatives.get(String.fromCharCode(code)) ?? ''),
  );
}
