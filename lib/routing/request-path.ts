/** The path of a request target as sent: without the query, and without the authority of an absolute-form target. */
export function rawPath(url: string): string {
  const end = url.search(/[?#]/);
  const target = end === -1 ? url : url.slice(0, end);
  const authority = /^https?:\/\/[^/]*/i.exec(target);
  if (authority === null) return target;
  return target.slice(authority[0].length) || '/';
}

/**
 * One spelling for every way to write a path: percent-decoded once, `;` and `\` taken for separators, dot segments and
 * duplicate slashes removed.
 */
export function canonicalPath(path: string): string {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const segments: string[] = [];
  const parts = decoded.split(/[/\\;]/);
  for (const part of parts) {
    if (part === '..') segments.pop();
    else if (part !== '' && part !== '.') segments.push(part);
  }
  const slash = segments.length > 0 && /[/\\;]$|\/\.{1,2}$/.test(decoded) ? '/' : '';
  return `/${segments.join('/')}${slash}`;
}
