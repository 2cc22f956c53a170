/** Fetch, "CORS-safelisted method". */
export const SAFELISTED_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

const MAX_VALUE = 128;
const MAX_TOTAL = 1024;

/** Fetch, "CORS-unsafe request-header byte". */
// oxlint-disable-next-line no-control-regex
const UNSAFE_BYTE = /[\0-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/;
const LANGUAGE = /^[0-9A-Za-z *,\-.;=]*$/;
const SAFELISTED_TYPES: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

const RULES: Readonly<Record<string, (value: string) => boolean>> = {
  accept: (value) => !UNSAFE_BYTE.test(value),
  'accept-language': (value) => LANGUAGE.test(value),
  'content-language': (value) => LANGUAGE.test(value),
  'content-type': (value) => !UNSAFE_BYTE.test(value) && SAFELISTED_TYPES.has(essenceOf(value)),
  range: isSimpleRange,
};

/** Fetch, "no-CORS-safelisted request-header": what a `no-cors` request may carry. */
export function isNoCorsSafelisted(name: string, value: string): boolean {
  return name !== 'range' && isSafelisted(name, value, new Map());
}

/** Fetch, "CORS-safelisted request-header", with an engine's additions. The name in lower case. */
export function isSafelisted(
  name: string,
  value: string,
  extra: ReadonlyMap<string, RegExp>,
): boolean {
  if (value.length > MAX_VALUE) return false;
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  return rule === undefined ? (extra.get(name)?.test(value) ?? false) : rule(value);
}

/**
 * Fetch, "CORS-unsafe request-header names": in lower case, sorted by byte; the safelisted ones too once their values
 * exceed 1024 bytes together.
 */
export function unsafeHeaderNames(
  headers: ReadonlyMap<string, string>,
  extra: ReadonlyMap<string, RegExp>,
): readonly string[] {
  const safelisted = [...headers].filter(([name, value]) => isSafelisted(name, value, extra));
  const total = safelisted.reduce((sum, [, value]) => sum + value.length, 0);
  const spared = new Set(total > MAX_TOTAL ? [] : safelisted.map(([name]) => name));
  const unsafe = [...headers.keys()].filter((name) => !spared.has(name));
  unsafe.sort();
  return unsafe;
}

/** MIME Sniffing, "parse a MIME type", as far as the essence: `type/subtype` in lower case, empty on failure. */
function essenceOf(value: string): string {
  const match = /^[ \t]*([^/;]+)\/([^;]*?)[ \t]*(?:;|$)/.exec(value);
  return match === null ? '' : `${match[1]}/${match[2]}`.toLowerCase();
}

/** Fetch, "parse a single range header value" without white space: `bytes=0-99`, `bytes=5-`. */
function isSimpleRange(value: string): boolean {
  const match = /^bytes=(\d+)-(\d*)$/.exec(value);
  if (match === null) return false;
  return match[2] === '' || BigInt(match[1] ?? '') <= BigInt(match[2] ?? '');
}
