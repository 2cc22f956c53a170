import type { OutgoingHttpHeader } from 'node:http';
import type { HeaderSink } from '../protocol/header-sink.js';

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
