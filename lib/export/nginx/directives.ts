/** A quoted parameter: variables are read, the rest stands for itself. */
export function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

/** An expression as a parameter. nginx halves backslashes in quotes, but for those before characters that it has no use for. */
export function expression(source: string, ignoresCase = false): string {
  return quote(`${ignoresCase ? '~*' : '~'}${source.replace(/\\\\/g, '\\x5C')}`)
    .replace(/\\\\(?!x5C)/g, '\\')
    .replace(/\\\\x5C/g, '\\x5C');
}

/** Constant text: nginx has no escape for `$`. */
export function constant(text: string): string {
  return quote(text.replace(/\$/g, '${cors_dollar}'));
}

/** A line of a map: both sides as they are written. */
export type MapLine = readonly [source: string, value: string];

/** `map`: the exact texts first, then expressions in order, else `default`. Exact texts are compared without case. */
export function map(
  source: string,
  variable: string,
  lines: readonly MapLine[],
  byDefault = '""',
): string {
  const body = [['default', byDefault] as const, ...lines];
  return [
    `map ${source} $${variable} {`,
    ...body.map(([key, value]) => `  ${key} ${value};`),
    '}',
  ].join('\n');
}
