import { types } from 'node:util';

const LONGEST_SHOWN = 120;
const LONGEST_LIST_SHOWN = 100;

/** Quotes a value for a message: on one line, without control characters, and short. Never throws. */
export function show(value: unknown): string {
  const text = describe(value);
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

function describe(value: unknown): string {
  try {
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
  const long = Array.isArray(value) && value.length > LONGEST_LIST_SHOWN;
  return long ? `[array of ${value.length}]` : value;
}
