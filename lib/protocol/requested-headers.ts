import { isTokenCode } from './token.js';

/** Bytes, names and empty elements of `Access-Control-Request-Headers` beyond which no browser goes. */
const MAX_BYTES = 4096;
const MAX_NAMES = 128;
const MAX_EMPTY_ELEMENTS = 16;

const COMMA = 0x2c;
const SPACE = 0x20;
const TAB = 0x09;

/** As browsers write the list (Fetch, "CORS-preflight fetch"): in lower case, separated by nothing but commas. */
const AS_SERIALISED = /^[!#$%&'*+\-.^_`|~0-9a-z]+(?:,[!#$%&'*+\-.^_`|~0-9a-z]+)*$/;

/** The header names of a list, in lower case and in the order given. */
export interface RequestedHeaders {
  readonly names: readonly string[];
  /** The same as one header value. */
  readonly list: string;
}

/**
 * The names in `Access-Control-Request-Headers`; `undefined` when it is not a list of header names. Proxies add white space,
 * empty elements and duplicates (RFC 9110 §5.6.1); all of that is read in one pass that never looks back, so a hostile value
 * costs no more than its length, and no more than 4096 bytes are looked at.
 */
export function parseRequestedHeaders(value: string): RequestedHeaders | undefined {
  if (value.length > MAX_BYTES) return undefined;
  if (value === latest.value) return latest.requested;
  if (!AS_SERIALISED.test(value)) return listed(parseList(value));
  const requested = listed(atMost(MAX_NAMES, value.split(',')));
  latest = { value, requested };
  return requested;
}

/** The latest list and its names: the pages of an application ask for the same few headers over and over. */
let latest: { readonly value: string; readonly requested: RequestedHeaders | undefined } = {
  value: '',
  requested: { names: [], list: '' },
};

function listed(names: readonly string[] | undefined): RequestedHeaders | undefined {
  return names && { names, list: names.join(', ') };
}

function parseList(value: string): readonly string[] | undefined {
  const names: string[] = [];
  let empty = 0;
  for (let position = 0; position <= value.length; position++) {
    const start = skipBlanks(value, position);
    const end = skipToken(value, start);
    position = skipBlanks(value, end);
    if (position < value.length && value.charCodeAt(position) !== COMMA) return undefined;
    if (end > start) names.push(value.slice(start, end).toLowerCase());
    else if (value !== '' && ++empty > MAX_EMPTY_ELEMENTS) return undefined;
    if (names.length > MAX_NAMES) return undefined;
  }
  return names;
}

function atMost(limit: number, names: readonly string[]): readonly string[] | undefined {
  return names.length > limit ? undefined : names;
}

function skipBlanks(value: string, from: number): number {
  let position = from;
  while (value.charCodeAt(position) === SPACE || value.charCodeAt(position) === TAB) position++;
  return position;
}

function skipToken(value: string, from: number): number {
  let position = from;
  while (isTokenCode(value.charCodeAt(position))) position++;
  return position;
}
