import type { IncomingMessage, ServerResponse } from 'node:http';

interface ExpressMessage extends IncomingMessage {
  originalUrl?: string | undefined;
  baseUrl?: string;
  next?: unknown;
  params?: unknown;
  _parsedUrl?: unknown;
}

type ExpressReply = ServerResponse & { locals?: object };

/** From Node.js 24 on V8 shares hidden classes there too, and properties that come early only cost time. */
const IS_CURED = Number.parseInt(process.versions.v8, 10) >= 13;

/**
 * Gives a request and its response the properties that Express adds before the first middleware runs, with the values that
 * it starts from: nothing can tell that they were there earlier.
 *
 * What for: Express replaces the prototypes of both and adds these properties afterwards. V8 up to Node.js 23 then makes a
 * hidden class anew for each property of each single request, and look-ups on such objects miss the inline caches, those
 * of this package included. Properties that are there before cost nothing, and all responses share a hidden class.
 */
export function addExpressProperties(request: ExpressMessage, response: ExpressReply): void {
  if (IS_CURED) return;
  response.locals ??= Object.create(null) as object;
  request.originalUrl ??= request.url;
  request.baseUrl ??= '';
  request.next ??= undefined;
  request.params ??= undefined;
  request._parsedUrl ??= undefined;
}
