/** The characters that one atom matches, out of {@link PROBES}. */
export type CharSet = ReadonlySet<string>;

/**
 * All of ASCII, and what an ASCII-only expression can match beyond it: U+00A0 by `\s`, U+017F and U+212A by `s` and `k`
 * under the flags `iu`, and any other character by negation and `.`.
 */
const PROBES: readonly string[] = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  '\u00a0',
  '\u00e9',
  '\u017f',
  '\u212a',
];

export const LABEL_CHARACTERS: CharSet = new Set('abcdefghijklmnopqrstuvwxyz0123456789-');
export const DIGITS: CharSet = new Set('0123456789');

/**
 * Asks the engine instead of interpreting escapes, ranges and set notation ourselves. Under the flag `i`, letters stand
 * for both cases and are returned in lower case.
 */
export function charSetOf(atom: string, flags: string): CharSet {
  const regexp = new RegExp(`^${atom}$`, flags.replace(/[gym]/g, ''));
  const matched = PROBES.filter((character) => regexp.test(character));
  if (!flags.includes('i')) return new Set(matched);
  return new Set(
    matched.map((character) => (/[A-Z]/.test(character) ? character.toLowerCase() : character)),
  );
}

export function isSubset(set: CharSet, of: CharSet): boolean {
  return [...set].every((character) => of.has(character));
}

export function areDisjoint(a: CharSet, b: CharSet): boolean {
  return ![...a].some((character) => b.has(character));
}
