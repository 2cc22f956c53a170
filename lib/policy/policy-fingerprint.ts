import { createHash } from 'node:crypto';
import type { CorsPolicyOptions } from './policy-options.js';

const identities = new WeakMap<object, number>();
let nextIdentity = 0;

/**
 * The same text for options that answer every request alike, however they were written down. It is compared while requests
 * wait, so it is no longer for a million origins than for one.
 */
export function fingerprint(options: CorsPolicyOptions): string {
  const { extends: _extends, dangerouslyAllow: _dangerouslyAllow, ...answering } = options;
  const entries = Object.entries(answering)
    .filter(([, value]) => value !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const text = JSON.stringify(entries, (_key, value: unknown) => distinguish(value));
  return createHash('sha256').update(text).digest('base64url');
}

function distinguish(value: unknown): unknown {
  if (value instanceof RegExp) return `RegExp ${String(value)}`;
  if (typeof value !== 'function') return value;
  const identity = identities.get(value) ?? nextIdentity++;
  identities.set(value, identity);
  return `predicate ${identity}`;
}
