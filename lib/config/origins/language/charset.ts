/** The characters that one atom matches, a bit for each of {@link LETTERS}. */
export type CharSet = bigint;

/**
 * All of ASCII, and what an ASCII-only expression can match beyond it: U+00A0 by `\s`, U+017F and U+212A by `s` and `k`
 * under the flags `iu`, and any other character by negation and `.`. The plainest stand first, so that of two words of
 * the same length the plainer one is found.
 */
const LETTERS: readonly string[] = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789-.:/_',
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => !/[a-z0-9.:/_-]/.test(character),
  ),
  '\u00e9',
  '\u00a0',
  '\u017f',
  '\u212a',
];
const BITS = new Map(LETTERS.map((letter, index) => [letter, 1n << BigInt(index)]));

/** Every character. */
export const ANY: CharSet = (1n << BigInt(LETTERS.length)) - 1n;
const LABEL = union([...'abcdefghijklmnopqrstuvwxyz0123456789_-']);

/** These stand for themselves; of all others the engine is asked. */
const PLAIN = /^(?:[a-z0-9:/_-]|\\[./-])$/;

/**
 * Asks the engine instead of interpreting escapes, ranges and set notation ourselves. Under the flag `i`, letters stand
 * for both cases and are returned in lower case.
 */
export function charSetOf(atom: string, flags: string): CharSet {
  const ignoresCase = flags.includes('i');
  if (PLAIN.test(atom) && !ignoresCase) return charOf(atom.slice(-1));
  const regexp = new RegExp(`^${atom}$`, flags.replace(/[gym]/g, ''));
  const matched = LETTERS.filter((character) => regexp.test(character));
  return union(ignoresCase ? matched.map(inLowerCase) : matched);
}

/** The set of one character; of none where it is not among the letters. */
export function charOf(character: string): CharSet {
  return BITS.get(character) ?? 0n;
}

/** The plainest character of a set that has one. */
export function plainestOf(chars: CharSet): string {
  return LETTERS[(chars & -chars).toString(2).length - 1] ?? '';
}

/** More than one character. */
export function isOpen(chars: CharSet): boolean {
  return (chars & (chars - 1n)) !== 0n;
}

/** More than one character, and not only characters that host names are made of. */
export function isWide(chars: CharSet): boolean {
  return isOpen(chars) && (chars & ~LABEL) !== 0n;
}

function union(characters: readonly string[]): CharSet {
  return characters.reduce((chars, character) => chars | charOf(character), 0n);
}

function inLowerCase(character: string): string {
  return /[A-Z]/.test(character) ? character.toLowerCase() : character;
}
