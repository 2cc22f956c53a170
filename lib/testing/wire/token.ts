/** RFC 9110 §5.6.2 `token`, written down again here: the judge shares no code with what it judges. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

export function isToken(value: string): boolean {
  return TOKEN.test(value);
}
