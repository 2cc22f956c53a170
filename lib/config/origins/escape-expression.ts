/** Text as a regular expression that matches it. Hosts of schemes that browsers know nothing about may be `(home)`. */
export function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
