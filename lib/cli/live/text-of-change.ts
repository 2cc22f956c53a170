import type { PolicyChange } from './compare-states.js';

/** Origins of a kind that are shown; `--json` has all of them. */
const MOST_SHOWN = 20;

/** A change for people: the verdict, then origins that came and went, then what else is different. */
export function textOfChange({
  policy,
  verdict,
  add,
  remove,
  options,
  witness,
}: PolicyChange): string {
  const lines = [
    `${verdict.toUpperCase()}  ${policy}  +${add.length} −${remove.length}`,
    ...shown('+', add),
    ...shown('−', remove),
    ...options.map((option) => `  ${option}`),
  ];
  if (witness !== undefined) lines.push(`  new: ${witness}`);
  return lines.join('\n');
}

function shown(sign: string, origins: readonly string[]): readonly string[] {
  const lines = origins.slice(0, MOST_SHOWN).map((origin) => `  ${sign} ${origin}`);
  const more = origins.length - lines.length;
  return more === 0 ? lines : [...lines, `  ${sign} and ${more} more`];
}
