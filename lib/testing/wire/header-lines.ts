import { isToken } from './token.js';

/** One header line as it stood on the wire. Lines are kept apart because CORS checks count them. */
export type HeaderLine = readonly [name: string, value: string];

/**
 * Fetch, "get a header value": all lines of that name, each without surrounding blanks, joined with `, `.
 */
export function getHeader(lines: readonly HeaderLine[], name: string): string | undefined {
  const values = valuesOf(lines, name);
  return values.length === 0 ? undefined : values.join(', ');
}

/** The values of all lines of that name (in lower case), each without surrounding blanks. */
export function valuesOf(lines: readonly HeaderLine[], name: string): readonly string[] {
  return lines.filter(([other]) => other.toLowerCase() === name).map(([, value]) => trim(value));
}

/**
 * Fetch, "extract header list values" for the `#token` headers of CORS: `undefined` without a line, `'failure'` if one
 * element of one line is not a token. Empty elements are skipped.
 */
export function extractTokens(
  lines: readonly HeaderLine[],
  name: string,
): readonly string[] | undefined | 'failure' {
  const values = valuesOf(lines, name);
  if (values.length === 0) return undefined;
  const tokens = values.flatMap((value) => value.split(',')).map(trim);
  const named = tokens.filter((token) => token !== '');
  return named.every(isToken) ? named : 'failure';
}

/** Strips the blanks that HTTP allows around a value: space and tab, nothing else. */
export function trim(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '');
}

/** Node's flat `rawHeaders` as lines. */
export function pairUp(rawHeaders: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return lines;
}
