/** RFC 9110 §5.6.2: `token`, the grammar of method and header names. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

export function isToken(value: string): boolean {
  return TOKEN.test(value);
}

const TOKEN_BYTES: readonly boolean[] = Array.from({ length: 128 }, (_, byte) =>
  isToken(String.fromCharCode(byte)),
);

/** A UTF-16 code unit that may stand in a token. */
export function isTokenCode(code: number): boolean {
  return TOKEN_BYTES[code] === true;
}

/** Splits what Nest's `CorsOptions` accept as a list: an array, or one comma-separated string. */
export function toList(value: string | readonly string[]): readonly string[] {
  if (typeof value !== 'string') return value;
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
