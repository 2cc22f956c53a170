import { MAX_ORIGIN_LENGTH } from '../../../protocol/origin/grammar.js';
import { charOf, plainestOf, type CharSet } from './charset.js';
import type { Derivatives, Steps } from './derivatives.js';
import type { Term } from './terms.js';

/**
 * The shortest word that the term accepts, and of these the plainest; `undefined` proves that there is none as short as
 * an origin.
 */
export function findWord(derivatives: Derivatives, term: Term): string | undefined {
  const seen = new Set<Term>();
  let level: [state: Term, word: string][] = [[term, '']];
  for (let length = 0; level.length > 0 && length <= MAX_ORIGIN_LENGTH; length += 1) {
    const next: typeof level = [];
    for (const [state, word] of level) {
      if (derivatives.terms.accepts(state, length === 0)) return word;
      for (const [letter, after] of plainestFirst(derivatives.of(state, length === 0))) {
        if (!seen.has(after)) next.push([after, word + letter]);
        seen.add(after);
      }
    }
    level = next;
  }
  return undefined;
}

function plainestFirst(steps: Steps): readonly [string, Term][] {
  return [...steps]
    .sort(([, a], [, b]) => ((a & -a) < (b & -b) ? -1 : 1))
    .map(([after, chars]) => [plainestOf(chars), after]);
}

/** Decides by one look-up a character. */
export type WordTest = (word: string) => boolean;

/** Characters that a test knows: all of ASCII. */
const WIDTH = 128;

function codesOf(chars: CharSet): readonly number[] {
  const codes = Array.from({ length: WIDTH }, (_, code) => code);
  return codes.filter((code) => (chars & charOf(String.fromCharCode(code))) !== 0n);
}

/** The term as a table: matching takes as many steps as the word has characters, whatever the expression. */
export function compileTest(derivatives: Derivatives, term: Term): WordTest {
  const { terms } = derivatives;
  const states: Term[] = [terms.never, term];
  const numbers = new Map([[terms.never, 0]]);
  const codes = new Map<CharSet, readonly number[]>();
  const table: number[] = [];
  for (let state = 0; state < states.length; state += 1) {
    const row = Array.from({ length: WIDTH }, () => 0);
    for (const [after, chars] of derivatives.of(states[state] ?? terms.never, state === 1)) {
      const number = numbers.get(after) ?? states.push(after) - 1;
      numbers.set(after, number);
      const read = codes.get(chars) ?? codesOf(chars);
      codes.set(chars, read);
      for (const code of read) row[code] = number;
    }
    table.push(...row);
  }
  const accepting = states.map((state, number) => terms.accepts(state, number === 1));
  const next = Uint32Array.from(table);
  return (word) => {
    let state = 1;
    for (let index = 0; index < word.length; index += 1) {
      const code = word.charCodeAt(index);
      if (code >= WIDTH) return false;
      state = next[state * WIDTH + code] ?? 0;
    }
    return accepting[state] === true;
  };
}
