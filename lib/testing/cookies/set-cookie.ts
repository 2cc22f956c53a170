import { trim } from '../wire/header-lines.js';
import type { CookieRefusal } from './refusal.js';

/** A `Set-Cookie` line, read. */
export interface SetCookie {
  /** Empty where the line has no `=`: such cookies exist, and are sent as their value alone. */
  readonly name: string;
  readonly value: string;
  /** Names in lower case; the last of a name counts. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Bytes, which off the wire are characters. */
const MAX_NAME_AND_VALUE = 4096;
const MAX_ATTRIBUTE = 1024;
/** RFC 6265bis lets a tab pass; Chromium does not. */
const CONTROL_CHARACTER = /(?!\P{ASCII})\p{Cc}/u;

/** RFC 6265bis §5.6: what stands in the line, or why browsers do not read it. */
export function parseSetCookie(line: string): SetCookie | CookieRefusal {
  const text = trim(line);
  if (CONTROL_CHARACTER.test(text)) return 'DisallowedCharacter';
  const [pair = '', ...attributes] = text.split(';').map(trim);
  const equals = pair.indexOf('=');
  const name = trim(pair.slice(0, Math.max(equals, 0)));
  const value = trim(pair.slice(equals + 1));
  if (name === '' && value === '') return 'NoCookieContent';
  // A server would read the name that stands in the value.
  if (name === '' && value.includes('=')) return 'SyntaxError';
  if (name.length + value.length > MAX_NAME_AND_VALUE) return 'NameValuePairExceedsMaxSize';
  return { name, value, attributes: readAttributes(attributes) };
}

/** Attributes that are too long are ignored, as if they were not there. */
function readAttributes(attributes: readonly string[]): ReadonlyMap<string, string> {
  const pairs = attributes.map((attribute): [string, string] => {
    const [name = '', ...value] = attribute.split('=');
    return [trim(name).toLowerCase(), trim(value.join('='))];
  });
  return new Map(pairs.filter(([, value]) => value.length <= MAX_ATTRIBUTE));
}
