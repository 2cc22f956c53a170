/** Something that an engine knows about a request or an answer, or has looked up before. */
export type Ref =
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'method' }
  | { readonly kind: 'request'; readonly header: string }
  | { readonly kind: 'upstream'; readonly header: string };

/** Constant text and references, one after the other. */
export type Template = readonly (string | Ref)[];

/** The key of a row: a text, or an expression. */
export type Key = string | { readonly expression: string; readonly ignoresCase?: boolean };

export type Row = readonly [key: Key, value: Template];

/**
 * A value by another: texts stand before expressions, and the first that fits counts. An expression whose value refers to
 * anything matches the whole of what is looked up, and refers to nothing else: some engines know no more then.
 */
export interface Lookup {
  readonly name: string;
  readonly of: Template;
  readonly rows: readonly Row[];
  readonly otherwise: Template;
  /** A sentence for who reads the configuration. */
  readonly about?: string;
}

/** A value that was looked up under a name. */
export function own(name: string): Ref {
  return { kind: 'own', name };
}

/** A header of the request. */
export function request(header: string): Ref {
  return { kind: 'request', header };
}

/** A header of the upstream's answer. */
export function upstream(header: string): Ref {
  return { kind: 'upstream', header };
}

export const NOTHING: Template = [];

/** A part of a name: lower-case letters, digits and `_`. */
export function nameOf(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** Rows of constant texts. */
export function textRows(rows: readonly (readonly [string, string])[]): readonly Row[] {
  return rows.map(([key, value]) => [key, [value]]);
}
