import { escapeExpression } from '../../config/origins/escape-expression.js';

/** A header's name (RFC 9110, section 5.6.2). */
export const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const BLANK = '[ \\t]*';

/** At most so many names, as the application reads them; with empty elements between them, at most so many of both. */
const MOST_NAMES = 128;
const MOST_WITH_EMPTY = 16;

/**
 * `Access-Control-Request-Headers` that may pass, as one expression that is asked without regard to case: a list of these
 * names, or (`null`) of any names. Absent and empty pass.
 */
export function sourceOfRequestedHeaders(names: readonly string[] | null): string {
  if (names !== null && names.length === 0) return `^[ \\t,]{0,${MOST_WITH_EMPTY}}$`;
  const name = names === null ? TOKEN : `(?:${names.map(escapeExpression).join('|')})`;
  const full = `${BLANK}${name}${BLANK}`;
  const sparse = `${BLANK}(?:${name}${BLANK})?`;
  return (
    `^(?:${full}(?:,${full}){0,${MOST_NAMES - 1}}` +
    `|${sparse}(?:,${sparse}){0,${MOST_WITH_EMPTY - 1}})$`
  );
}

/** No longer list is read. */
export const LONGEST_REQUESTED = 4096;

/** A list that is longer; in pieces, because some engines count no further than a thousand. */
export const TOO_LONG = `^${'.{1000}'.repeat(Math.floor(LONGEST_REQUESTED / 1000))}.{${(LONGEST_REQUESTED % 1000) + 1}}`;
