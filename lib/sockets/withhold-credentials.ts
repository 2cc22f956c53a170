import type { IncomingMessage } from 'node:http';

const CREDENTIALS: ReadonlySet<string> = new Set(['cookie', 'authorization']);

/**
 * Takes the browser's credentials off an upgrade. A page decides about credentials with `fetch()`, and a policy without
 * `credentials` keeps them from other origins; a `WebSocket` always sends them, so that keeping them is up to the server.
 */
export function withholdCredentials(request: IncomingMessage): void {
  // Node makes both from `rawHeaders` when they are first read, and counts on its length.
  const { headers, headersDistinct, rawHeaders } = request;
  for (const name of CREDENTIALS) {
    delete headers[name];
    delete headersDistinct[name];
  }
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (CREDENTIALS.has((rawHeaders[index] ?? '').toLowerCase())) rawHeaders.splice(index, 2);
  }
}

/** The request as one sees it who is not to have its credentials; whoever else holds it still has them. */
export function requestWithoutCredentials(request: IncomingMessage): IncomingMessage {
  const view = Object.create(request, {
    headers: { value: { ...request.headers } },
    headersDistinct: { value: { ...request.headersDistinct } },
    rawHeaders: { value: [...request.rawHeaders] },
  }) as IncomingMessage;
  withholdCredentials(view);
  return view;
}
