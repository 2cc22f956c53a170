import { types } from 'node:util';

const LONGEST_SHOWN = 120;
const LONGEST_LIST_SHOWN = 100;

/** Characters that a terminal or a log viewer would act on, or not show: control and format characters, bidi marks, line separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Quotes a value for a message: on one line, every character to be seen, and short. Never throws. */
export function show(value: unknown): string {
  const text = describe(value).replace(UNSEEN, escapeUnits);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** The place of a key or of a policy name below another place. */
export function placeIn(where: string, key: string): string {
  return /^[\w$-]{1,60}$/.test(key) ? `${where}.${key}` : `${where}[${show(key)}]`;
}

/** A key as it is written in code. */
export function showKey(key: string): string {
  return /^[\w$]{1,60}$/.test(key) ? `\`${key}\`` : show(key);
}

/** As JSON writes them: `\u202e`. */
function escapeUnits(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

function describe(value: unknown): string {
  try {
    if (isError(value)) return JSON.stringify(String(value.message));
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'function') return `[function ${value.name || 'anonymous'}]`;
    if (typeof value !== 'object' || value === null || types.isRegExp(value)) return String(value);
    return describeObject(value);
  } catch {
    return `[unreadable ${typeof value}]`; // a proxy or a getter that throws
  }
}

function describeObject(value: object): string {
  try {
    return JSON.stringify(value, shorten) ?? Object.prototype.toString.call(value);
  } catch {
    return Object.prototype.toString.call(value); // cyclic, or a toJSON that throws
  }
}

function shorten(_key: string, value: unknown): unknown {
  if (isError(value)) return String(value.message);
  const long = Array.isArray(value) && value.length > LONGEST_LIST_SHOWN;
  return long ? `[array of ${value.length}]` : value;
}

/** Of any realm: under jest, Node's own errors are of another than the tests'. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
