import { toList } from './token.js';

/**
 * `Vary` with further field names (RFC 9110 §12.5.5): appended to what is there, case-insensitively without duplicates, in
 * order; `*` absorbs everything.
 */
export function mergeVary(
  existing: number | string | readonly string[] | undefined,
  names: readonly string[],
): string {
  const merged = new Map<string, string>();
  for (const name of [...listed(existing), ...names.flatMap(listed)]) {
    if (name === '*') return '*';
    const key = name.toLowerCase();
    if (!merged.has(key)) merged.set(key, name);
  }
  return [...merged.values()].join(', ');
}

function listed(value: number | string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : toList(String(value));
}
