import { createHash, type Hash } from 'node:crypto';
import { types } from 'node:util';
import type { CorsPolicyOptions } from './policy-options.js';

const identities = new WeakMap<object, number>();
let nextIdentity = 0;

/** Lists of a million origins are not to be kept a second time as a text. */
const LONG = 1000;
const PIECE = 1 << 16;

const NOT_ANSWERING: ReadonlySet<string> = new Set(['extends', 'dangerouslyAllow']);

/** The same text for options that answer every request alike, however they were written down. */
export function fingerprint(options: CorsPolicyOptions): string {
  const text = new LongText();
  for (const key of Object.keys(options).sort()) {
    const value: unknown = options[key as keyof CorsPolicyOptions];
    if (value === undefined || NOT_ANSWERING.has(key)) continue;
    text.add(`${key}: `);
    if (Array.isArray(value)) addList(value, text);
    else text.add(distinguish(value));
    text.add('\n');
  }
  return text.end();
}

function addList(values: readonly unknown[], text: LongText): void {
  text.add('[');
  for (const [index, value] of values.entries())
    text.add(index === 0 ? distinguish(value) : `,${distinguish(value)}`);
  text.add(']');
}

/** A text that becomes its digest once it is long. */
class LongText {
  private text = '';
  private digest: Hash | undefined;

  add(piece: string): void {
    this.text += piece;
    if (this.text.length < PIECE) return;
    this.digest = (this.digest ?? createHash('sha256')).update(this.text);
    this.text = '';
  }

  end(): string {
    if (this.digest === undefined && this.text.length <= LONG) return this.text;
    return (this.digest ?? createHash('sha256')).update(this.text).digest('base64');
  }
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
