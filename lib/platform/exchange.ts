import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request and its response, as Node has them (HTTP/1 objects, or HTTP/2 ones with the same interface). */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request target as it was when the platform's router saw it first; middleware may rewrite `request.url`. */
  readonly url: string;
  /** The platform's own request object, where it has one. */
  readonly native?: unknown;
}
