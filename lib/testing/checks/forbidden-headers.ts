/**
 * Fetch, "forbidden request-header": names that only the browser may write. The library has this list too, and the
 * simulator shares nothing with what it judges.
 */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const METHOD_OVERRIDES: ReadonlySet<string> = new Set([
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
]);

/** Fetch, "forbidden method". */
export function isForbiddenMethod(method: string): boolean {
  return /^(connect|trace|track)$/i.test(method);
}

/** Fetch, "forbidden request-header": `fetch()` drops it without a word. The name in lower case. */
export function isForbiddenHeader(name: string, value: string): boolean {
  if (FORBIDDEN_NAMES.has(name) || /^(proxy|sec)-/.test(name)) return true;
  return (
    METHOD_OVERRIDES.has(name) && value.split(',').some((part) => isForbiddenMethod(part.trim()))
  );
}
