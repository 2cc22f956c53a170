/** A line of a map file: the key has no blanks, the value is the rest of the line. */
export type MapRow = readonly [key: string, value: string];

/** A map file. Expressions are asked in order, texts are looked up. */
export function mapFile(rows: readonly MapRow[]): string {
  return rows.map(([key, value]) => `${key} ${value}\n`).join('');
}

/** An expression as a key. */
export function expressionKey(source: string, ignoresCase = false): string {
  const key = source.replace(/ /g, '\\x20').replace(/^#/, '\\#');
  return ignoresCase ? `(?i)${key}` : key;
}
