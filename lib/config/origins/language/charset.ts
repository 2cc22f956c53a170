/** The characters that one atom matches, out of {@link LETTERS}. */
export type CharSet = ReadonlySet<string>;

/**
 * All of ASCII, and what an ASCII-only expression can match beyond it: U+00A0 by `\s`, U+017F and U+212A by `s` and `k`
 * under the flags `iu`, and any other character by negation and `.`. The plainest stand first, so that of two words of
 * the same length the plainer one is found.
 */
export const LETTERS: readonly string[] = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789-.:/_',
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => !/[a-z0-9.:/_-]/.test(character),
  ),
  '\u00e9',
  '\u00a0',
  '\u017f',
  '\u212a',
];

const PLAIN = /^[a-z0-9:/_-]$/;
const LABEL = /^[a-z0-9_-]$/;

/**
 * Asks the engine instead of interpreting escapes, ranges and set notation ourselves. Under the flag `i`, letters stand
 * for both cases and are returned in lower case.
 */
export function charSetOf(atom: string, flags: string): CharSet {
  if (PLAIN.test(atom) && !flags.includes('i')) return new Set(atom);
  const regexp = new RegExp(`^${atom}$`, flags.replace(/[gym]/g, ''));
  const matched = LETTERS.filter((character) => regexp.test(character));
  if (!flags.includes('i')) return new Set(matched);
  return new Set(
    matched.map((character) => (/[A-Z]/.test(character) ? character.toLowerCase() : character)),
  );
}

/** More than one character, and not only characters that host names are made of. */
export function isWide(chars: CharSet): boolean {
  return chars.size > 1 && ![...chars].every((character) => LABEL.test(character));
}
