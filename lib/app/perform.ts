import type { ServerResponse } from 'node:http';
import type { Decision } from './question.js';

/**
 * Performs what was decided about a preflight.
 *
 * @returns whether the request is to go on instead
 */
export function performPreflight(response: ServerResponse, { preflight }: Decision): boolean {
  if (preflight === undefined) return true;
  if (response.headersSent || response.destroyed) return false; // the client left while a predicate was asked
  response.writeHead(preflight.status, preflight.headers);
  response.end();
  return false;
}

/** Turns an actual request away, as `denied: 'reject'` says: 403 and nothing to read. */
export function refuseRequest(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(403, { Vary: 'Origin, Sec-Fetch-Site', 'Content-Length': '0' });
  response.end();
}
