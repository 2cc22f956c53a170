import type { Key, Lookup, Ref, Template } from '../lookups/lookup.js';
import { nameOf } from '../lookups/lookup.js';

/** Needs no quotes. */
const PLAIN = /^[\w$:*-]+$/;

/** A lookup as a `map`. */
export function mapOf({ name, of, rows, otherwise, about }: Lookup): string {
  return [
    ...(about === undefined ? [] : [`# ${about}`]),
    `map ${valueOf(of)} $${variableOf(name)} {`,
    `  default ${valueOf(otherwise)};`,
    ...rows.map(([key, value]) => `  ${keyOf(key)} ${valueOf(value)};`),
    '}',
  ].join('\n');
}

/** A value that was looked up. */
export function variableOf(name: string): string {
  return `cors_${name}`;
}

function valueOf(template: Template): string {
  const text = template.map((part) => (typeof part === 'string' ? constant(part) : refOf(part)));
  const joined = text.join('');
  return PLAIN.test(joined) ? joined : `"${joined}"`;
}

function refOf(ref: Ref): string {
  switch (ref.kind) {
    case 'own':
      return `$${variableOf(ref.name)}`;
    case 'method':
      return '$request_method';
    case 'request':
      return `$http_${nameOf(ref.header)}`;
    default:
      return `$upstream_http_${nameOf(ref.header)}`;
  }
}

function keyOf(key: Key): string {
  if (typeof key !== 'string') return expression(key.expression, key.ignoresCase);
  return PLAIN.test(key) ? key : `"${escape(key)}"`;
}

/** nginx halves backslashes in quotes, but for those before characters that it has no use for. */
export function expression(source: string, ignoresCase = false): string {
  const text = source.replace(/\\\\/g, '\\x5C').replace(/"/g, '\\x22');
  return `"${ignoresCase ? '~*' : '~'}${text}"`;
}

/** Text that stands for itself: nginx has no escape for `$`. */
function constant(text: string): string {
  return escape(text).replace(/\$/g, '${cors_dollar}');
}

function escape(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
}
