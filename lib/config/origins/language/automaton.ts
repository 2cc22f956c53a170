import { MAX_ORIGIN_LENGTH } from '../../../protocol/origin/grammar.js';
import { LETTERS } from './charset.js';
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
  const letters = representatives(terms);
  const seen = new Set<string>();
  let level: [state: readonly Term[], word: string][] = [[[...within, outside], '']];
  for (let length = 0; level.length > 0 && length <= MAX_ORIGIN_LENGTH; length += 1) {
    const next: typeof level = [];
    for (const [state, word] of level) {
      const [out, ...inner] = state.map((term) => terms.accepts(term, length === 0)).reverse();
      if (out === false && inner.every(Boolean)) return { word, states: seen.size };
      for (const letter of letters) {
        const after = state.map((term) => terms.derive(term, letter, length === 0));
        const key = after.map(({ id }) => id).join();
        if (after.slice(0, -1).includes(terms.never) || seen.has(key)) continue;
        if (seen.size >= MAX_STATES) throw new TooComplex();
        seen.add(key);
        next.push([after, word + letter]);
      }
    }
    level = next;
  }
  return { word: undefined, states: seen.size };
}

/** Decides by one look-up a character. */
export type WordTest = (word: string) => boolean;

/** The term as a table: matching takes as many steps as the word has characters, whatever the expression. */
export function compileTest(terms: Terms, term: Term): WordTest {
  const letters = representatives(terms);
  const classes = classesOf(terms, letters);
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

/** One letter of every class of letters that no set of the terms tells apart. */
function representatives(terms: Terms): readonly string[] {
  const classes = new Map<string, string>();
  for (const letter of LETTERS) {
    const signature = signatureOf(terms, letter);
    if (!classes.has(signature)) classes.set(signature, letter);
  }
  return [...classes.values()];
}

/** By code of an ASCII character: the index of its representative. */
function classesOf(terms: Terms, letters: readonly string[]): readonly number[] {
  const index = new Map(letters.map((letter, at) => [signatureOf(terms, letter), at]));
  return Array.from(
    { length: 128 },
    (_, code) => index.get(signatureOf(terms, String.fromCharCode(code))) ?? 0,
  );
}

function signatureOf(terms: Terms, letter: string): string {
  return Array.from(terms.sets, (chars) => (chars.has(letter) ? '1' : '0')).join('');
}
