/** The part of Node's `ServerResponse` (HTTP/1 and HTTP/2) that headers are written through. */
export interface HeaderSink {
  getHeader(name: string): number | string | readonly string[] | undefined;
  getHeaderNames(): readonly string[];
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): void;
}
