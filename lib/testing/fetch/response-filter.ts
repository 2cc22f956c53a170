import { extractTokens, type HeaderLine } from '../wire/header-lines.js';
import type { Tainting } from './fetch-record.js';

/** Fetch, "CORS-safelisted response-header name". */
const SAFELISTED: ReadonlySet<string> = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);

/** Fetch, "forbidden response-header name": no script ever sees these. */
const FORBIDDEN: ReadonlySet<string> = new Set(['set-cookie', 'set-cookie2']);

/**
 * Fetch, "filtered response": the headers that the page may see. A list in `Access-Control-Expose-Headers` that is not a
 * list of tokens exposes nothing; `*` counts as a wildcard only without credentials.
 */
export function visibleHeaders(
  lines: readonly HeaderLine[],
  tainting: Tainting,
  withCredentials: boolean,
): Headers {
  const isVisible = visibility(lines, tainting, withCredentials);
  const visible = new Headers();
  for (const [name, value] of lines) {
    if (isVisible(name.toLowerCase())) visible.append(name, value);
  }
  return visible;
}

function visibility(
  lines: readonly HeaderLine[],
  tainting: Tainting,
  withCredentials: boolean,
): (name: string) => boolean {
  if (tainting === 'opaque') return () => false;
  if (tainting === 'basic') return (name) => !FORBIDDEN.has(name);
  const exposed = extractTokens(lines, 'access-control-expose-headers');
  const names = new Set(Array.isArray(exposed) ? exposed.map((name) => name.toLowerCase()) : []);
  const everything = names.has('*') && !withCredentials;
  return (name) => !FORBIDDEN.has(name) && (everything || names.has(name) || SAFELISTED.has(name));
}
