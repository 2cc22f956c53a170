import { types } from 'node:util';
import { createHash } from 'node:crypto';
import type { CorsPolicyOptions } from './policy-options.js';

const identities = new WeakMap<object, number>();
let nextIdentity = 0;

/** Lists of a million origins are not to be kept a second time as a text. */
const LONG = 1000;

const NOT_ANSWERING: ReadonlySet<string> = new Set(['extends', 'dangerouslyAllow']);

/** The same text for options that answer every request alike, however they were written down. */
export function fingerprint(options: CorsPolicyOptions): string {
  let text = '';
  for (const key of Object.keys(options).sort()) {
    const value: unknown = options[key as keyof CorsPolicyOptions];
    if (value !== undefined && !NOT_ANSWERING.has(key)) text += `${key}: ${distinguish(value)}\n`;
  }
  return text.length > LONG ? createHash('sha256').update(text).digest('base64') : text;
}

/** Strings are quoted, so that no string reads like something else. */
function distinguish(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(distinguish).join()}]`;
  if (typeof value !== 'function') return types.isRegExp(value) ? `${value}` : quote(value);
  const identity = identities.get(value) ?? nextIdentity++;
  identities.set(value, identity);
  return `predicate ${identity}`;
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
