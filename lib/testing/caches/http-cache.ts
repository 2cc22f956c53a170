import { getHeader, type HeaderLine } from '../wire/header-lines.js';

/** A response in the cache (RFC 9111 §2). */
export interface StoredResponse {
  readonly status: number;
  readonly lines: readonly HeaderLine[];
  readonly bytes: Uint8Array;
  /** The fields that the response's `Vary` names, as the request had them. */
  readonly varying: ReadonlyMap<string, string>;
  readonly storedAt: number;
}

/**
 * A browser's HTTP cache, as far as CORS can go wrong in it: GET only, one response per partition and URL, explicit
 * freshness and validators, no heuristics.
 */
export class HttpCache {
  readonly #responses = new Map<string, StoredResponse>();

  find(partition: string, url: URL): StoredResponse | undefined {
    return this.#responses.get(cacheKey(partition, url));
  }

  store(partition: string, url: URL, response: StoredResponse): void {
    this.#responses.set(cacheKey(partition, url), response);
  }

  remove(partition: string, url: URL): void {
    this.#responses.delete(cacheKey(partition, url));
  }
}

/**
 * RFC 9111 §3: whether a response may be kept. One that says nothing of caches, and one that streams events, is not: it
 * would have to end first.
 */
export function isStorable(status: number, lines: readonly HeaderLine[]): boolean {
  const directives = cacheControl(lines);
  const isPartial = status === 206 || status === 304;
  if (isPartial || directives.has('no-store')) return false;
  if (getHeader(lines, 'content-type')?.startsWith('text/event-stream') === true) return false;
  return directives.size > 0 || getHeader(lines, 'etag') !== undefined;
}

/** RFC 9111 §4.2: whether a stored response can be used without asking. */
export function isFresh(stored: StoredResponse, now: number): boolean {
  const directives = cacheControl(stored.lines);
  const maxAge = Number(directives.get('max-age') ?? 0);
  return !directives.has('no-cache') && now < stored.storedAt + maxAge * 1000;
}

/** RFC 9111 §4.1: whether the request has the same values in the fields that the stored response varies on. */
export function varyMatches(stored: StoredResponse, headers: ReadonlyMap<string, string>): boolean {
  if (stored.varying.has('*')) return false;
  return [...stored.varying].every(([name, value]) => (headers.get(name) ?? '') === value);
}

/** The values of the headers that a response varies on, as this request has them. */
export function varyingFields(
  lines: readonly HeaderLine[],
  headers: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(varyNames(lines).map((name) => [name, headers.get(name) ?? '']));
}

/** RFC 9111 §3.2: the headers of a 304 replace those that were stored. */
export function freshen(
  stored: readonly HeaderLine[],
  update: readonly HeaderLine[],
): readonly HeaderLine[] {
  const replaced = new Set(update.map(([name]) => name.toLowerCase()));
  replaced.delete('content-length');
  const kept = stored.filter(([name]) => !replaced.has(name.toLowerCase()));
  return [...kept, ...update.filter(([name]) => replaced.has(name.toLowerCase()))];
}

function cacheKey(partition: string, url: URL): string {
  return JSON.stringify([partition, url.href.replace(/#.*$/s, '')]);
}

function varyNames(lines: readonly HeaderLine[]): readonly string[] {
  const names = (getHeader(lines, 'vary') ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => name.toLowerCase());
}

function cacheControl(lines: readonly HeaderLine[]): ReadonlyMap<string, string> {
  const directives = (getHeader(lines, 'cache-control') ?? '').toLowerCase().split(',');
  return new Map(
    directives.filter(Boolean).map((directive) => {
      const [name = '', value = ''] = directive.split('=');
      return [name.trim(), value.trim().replace(/^"|"$/g, '')];
    }),
  );
}
