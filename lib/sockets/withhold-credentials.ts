import type { IncomingMessage } from 'node:http';

const CREDENTIALS: ReadonlySet<string> = new Set(['cookie', 'authorization']);

/**
 * Takes the browser's credentials off an upgrade. A page decides about credentials with `fetch()`, and a policy without
 * `credentials` keeps them from other origins; a `WebSocket` always sends them, so that keeping them is up to the server.
 */
export function withholdCredentials(request: IncomingMessage): void {
  const { headers, rawHeaders } = request;
  for (const name of CREDENTIALS) delete headers[name];
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (CREDENTIALS.has((rawHeaders[index] ?? '').toLowerCase())) rawHeaders.splice(index, 2);
  }
}
