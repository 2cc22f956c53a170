import type { FetchRecord } from '../fetch/fetch-record.js';
import type { HeaderLine } from './header-lines.js';
import { isSameOrigin, originOf, siteOf } from '../fetch/origin.js';
import { isSecureChannel } from '../cookies/cookie.js';
import type { IncomingResponse, OutgoingRequest } from './transport.js';
import type { UserAgent } from '../browser/user-agent.js';

/** Sends a request and writes it down for the test. */
export async function exchange(
  record: FetchRecord,
  agent: UserAgent,
  outgoing: OutgoingRequest,
): Promise<IncomingResponse> {
  const response = await agent.transport.send(outgoing);
  record.exchange.push({
    method: outgoing.method,
    url: outgoing.url.href,
    headers: Object.fromEntries(outgoing.headers),
    status: response.status,
    responseHeaders: groupByName(response.lines),
  });
  return response;
}

/**
 * Fetch Metadata: what browsers tell servers that they reach securely about who asks.
 *
 * @param urls the way to the server; of a preflight only the last step, for it is a request of its own
 */
export function fetchMetadata(
  { page, mode }: FetchRecord,
  urls: readonly [URL, ...URL[]],
): readonly HeaderLine[] {
  if (!isSecureChannel(urls.at(-1) ?? urls[0])) return [];
  return [
    ['sec-fetch-dest', 'empty'],
    ['sec-fetch-mode', mode],
    ['sec-fetch-site', siteRelation(urls.map(originOf), page.origin)],
  ];
}

/** Fetch Metadata, "set the Sec-Fetch-Site header": the most distant URL of the chain counts. */
function siteRelation(origins: readonly string[], pageOrigin: string): string {
  if (origins.every((origin) => isSameOrigin(origin, pageOrigin))) return 'same-origin';
  const site = siteOf(pageOrigin);
  return origins.every((origin) => siteOf(origin) === site) ? 'same-site' : 'cross-site';
}

function groupByName(lines: readonly HeaderLine[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of lines) (grouped[name.toLowerCase()] ??= []).push(value);
  return grouped;
}
