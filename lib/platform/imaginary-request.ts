import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Exchange } from './exchange.js';

/** Made once: a probe is asked about and never sent. */
let nobody: Socket | undefined;

/**
 * A request that nobody sent, for routers, filters and predicates to look at.
 *
 * @param url a path, or an absolute URL, whose host becomes the `Host` header
 */
export function probe(method: string, url: string, headers: Record<string, string> = {}): Exchange {
  const absolute = /^https?:\/\//i.test(url) ? new URL(url) : undefined;
  const target = absolute === undefined ? url : `${absolute.pathname}${absolute.search}`;
  const request = new IncomingMessage((nobody ??= new Socket()));
  request.method = method;
  request.url = target;
  Object.assign(request.headers, { host: absolute?.host ?? 'localhost' }, headers);
  return { request, response: new ServerResponse(request), url: target };
}
