import type { IncomingMessage, ServerResponse } from 'node:http';

interface ExpressMessage extends IncomingMessage {
  originalUrl?: string | undefined;
  baseUrl?: string;
  next?: unknown;
  params?: unknown;
  _parsedUrl?: unknown;
}

type ExpressReply = ServerResponse & { locals?: object };

/**
 * Gives a request and its response the properties that Express adds before the first middleware runs, with the values that
 * it starts from: nothing can tell that they were there earlier.
 *
 * What for: Express replaces the prototypes of both and adds these properties afterwards. V8 up to Node.js 22 then makes a
 * hidden class anew for each property of each single request, and look-ups on such objects miss the inline caches, those
 * of this package included. Properties that are there before cost nothing, and all responses share a hidden class.
 */
export function addExpressProperties(request: ExpressMessage, response: ExpressReply): void {
  response.locals ??= Object.create(null) as object;
  request.originalUrl ??= request.url;
  request.baseUrl ??= '';
  request.next ??= undefined;
  request.params ??= undefined;
  request._parsedUrl ??= undefined;
}
