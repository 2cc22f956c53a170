import type { Key, Lookup, Ref, Template } from '../lookups/lookup.js';

/** Needs no quotes. */
const PLAIN = /^[\w:*./-]+$/;

/** A lookup as a `map`. Braces of constant text are no placeholders. */
export function mapOf({ name, of, rows, otherwise, about }: Lookup): string {
  return [
    ...(about === undefined ? [] : [`# ${about}`]),
    `map ${valueOf(of)} ${placeholderOf(name)} {`,
    ...rows.map(
      ([key, value]) =>
        `  ${keyOf(key)} ${typeof key === 'string' ? valueOf(value) : matchedOf(value)}`,
    ),
    `  default ${valueOf(otherwise)}`,
    '}',
  ].join('\n');
}

/** A value that was looked up. */
export function placeholderOf(name: string): string {
  return `{cors_${name}}`;
}

function valueOf(template: Template): string {
  const text = template.map((part) =>
    typeof part === 'string' ? part.replace(/[{}]/g, '\\$&') : refOf(part),
  );
  return quote(text.join(''));
}

/** Behind an expression Caddy reads no placeholders, but what was matched. */
function matchedOf(template: Template): string {
  const text = template.map((part) =>
    typeof part === 'string' ? part.replace(/\$/g, '$$$$') : '${0}',
  );
  return quote(text.join(''));
}

function refOf(ref: Ref): string {
  switch (ref.kind) {
    case 'own':
      return placeholderOf(ref.name);
    case 'method':
      return '{http.request.method}';
    case 'request':
      return `{http.request.header.${ref.header}}`;
    default:
      return `{http.reverse_proxy.header.${ref.header}}`;
  }
}

function keyOf(key: Key): string {
  if (typeof key === 'string') return quote(key);
  return quote(`~${key.ignoresCase === true ? '(?i)' : ''}${key.expression}`);
}

/** A token is quoted with `"`, in which a backslash stands for itself unless a quote follows. */
function quote(text: string): string {
  return PLAIN.test(text) && text !== '-' ? text : `"${text.replace(/"/g, '\\"')}"`;
}
