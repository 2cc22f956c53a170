import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { HeaderSink } from '../protocol/header-sink.js';
import { mergeVary } from '../protocol/vary.js';

/** The header argument of `writeHead`: an object, a flat list of names and values, or a list of pairs. */
export type HeaderArgument = Record<string, OutgoingHttpHeader> | readonly unknown[];

/** Header fields by their names in lower case, in an object of our own. */
export class HeaderFields implements HeaderSink {
  readonly values: Record<string, OutgoingHttpHeader> = {};

  /** `undefined` where a name is not in lower case, so that two names could be one header. */
  static copyOf(headers: Readonly<Record<string, OutgoingHttpHeader>>): HeaderFields | undefined {
    const fields = new HeaderFields();
    for (const name of Object.keys(headers)) {
      if (name !== name.toLowerCase()) return undefined;
      fields.values[name] = headers[name] as OutgoingHttpHeader;
    }
    return fields;
  }

  getHeader(name: string): OutgoingHttpHeader | undefined {
    return this.values[name.toLowerCase()];
  }

  getHeaderNames(): readonly string[] {
    return Object.keys(this.values);
  }

  setHeader(name: string, value: string): void {
    this.values[name.toLowerCase()] = value;
  }

  removeHeader(name: string): void {
    delete this.values[name.toLowerCase()];
  }
}

/**
 * Moves the header argument of `writeHead`, in whichever form it came (object, flat array, array of pairs), to the response
 * itself, as Node would: one place left to look for CORS headers, and `Vary` is merged instead of replaced.
 */
export function adoptHeaders(headers: HeaderArgument, response: ServerResponse): void {
  for (const [name, values] of fieldsOf(headers)) {
    const vary = name.toLowerCase() === 'vary';
    const value = values.length === 1 ? values[0] : values.map(String);
    response.setHeader(
      name,
      vary ? mergeVary(response.getHeader('vary'), values.map(String)) : (value as string),
    );
  }
}

/** Values by name; names that differ in case only are one header. */
function fieldsOf(headers: HeaderArgument): Iterable<[name: string, values: unknown[]]> {
  if (!Array.isArray(headers))
    return Object.entries(headers).map(([name, value]) => [name, [value]]);
  const flat: unknown[] = Array.isArray(headers[0]) ? headers.flat() : headers;
  const fields = new Map<string, [string, unknown[]]>();
  for (let index = 0; index < flat.length; index += 2) {
    const name = String(flat[index]);
    const field = fields.get(name.toLowerCase()) ?? [name, []];
    field[1].push(flat[index + 1]);
    fields.set(name.toLowerCase(), field);
  }
  return fields.values();
}
