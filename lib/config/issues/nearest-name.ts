import { show } from '../../protocol/show-value.js';

const MOST_TYPOS = 2;
const MOST_LISTED = 20;
/** Comparing costs the product of the lengths. */
const LONGEST_COMPARED = 60;

/** Advice on a name that nobody knows: the one that was probably meant, else those that there are. */
export function suggestName(name: string, known: readonly string[]): string {
  const wanted = name.toLowerCase();
  const nearest = known.find((candidate) => isNear(wanted, candidate.toLowerCase()));
  if (nearest !== undefined) return `did you mean ${quoted(nearest)}?`;
  const listed = known.slice(0, MOST_LISTED).map(quoted).join(', ') || 'none';
  return `known are ${listed}${known.length > MOST_LISTED ? ', …' : ''}`;
}

function quoted(name: string): string {
  return /^[\w-]{1,60}$/.test(name) ? `'${name}'` : show(name);
}

/** Levenshtein's distance, row by row. */
function isNear(left: string, right: string): boolean {
  const far = Math.abs(left.length - right.length) > MOST_TYPOS;
  if (far || left.length > LONGEST_COMPARED) return false;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, character] of [...left].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...right].entries()) {
      const replaced = (row[at] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) <= Math.min(MOST_TYPOS, Math.floor(right.length / 3));
}
