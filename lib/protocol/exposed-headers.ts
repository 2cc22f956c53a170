import type { HeaderSink } from './header-sink.js';
import type { Grant } from './origin/grant.js';
import { parseRequestedHeaders } from './requested-headers.js';

export const EXPOSE = 'access-control-expose-headers';

/**
 * Exposes what an upstream exposes besides what the policy exposes, to whom the policy allows to read the response. A list
 * that is not one of header names is dropped; `*` is dropped beside credentials, where browsers take it for a name.
 */
export function keepExposed(
  upstream: number | string | readonly string[],
  { credentials }: Grant,
  response: HeaderSink,
): void {
  if (response.getHeader('access-control-allow-origin') === undefined) return;
  const names = parseRequestedHeaders(String(upstream))?.names ?? [];
  const own = String(response.getHeader(EXPOSE) ?? '');
  const known = own.toLowerCase().split(', ');
  const further = names.filter((name) => !known.includes(name) && !(name === '*' && credentials));
  const merged = [...(own === '' ? [] : [own]), ...new Set(further)].join(', ');
  if (merged !== '') response.setHeader('Access-Control-Expose-Headers', merged);
}
