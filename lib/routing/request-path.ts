const SEPARATOR = /[/\\;]/;

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
  const decoded = decode(path);
  const segments: string[] = [];
  const parts = decoded.split(SEPARATOR);
  for (const part of parts) {
    if (part === '..') segments.pop();
    else if (part !== '' && part !== '.') segments.push(part);
  }
  const slash = segments.length > 0 && /[/\\;]$|\/\.{1,2}$/.test(decoded) ? '/' : '';
  return `/${segments.join('/')}${slash}`;
}

/** What servers, proxies and services make of a path; of a canonical one, nothing but itself. */
export function readingsOf(path: string): readonly string[] {
  const canonical = canonicalPath(path);
  if (canonical === path) return [path];
  const parts = decode(path).split(SEPARATOR);
  const collapsed = `/${parts.filter((part) => part !== '').join('/')}`;
  return [path, canonical, collapsed, resolvedFirst(parts)];
}

/** Dots resolved while empty segments still count as segments, and only then doubled slashes collapsed. */
function resolvedFirst(parts: readonly string[]): string {
  const segments: string[] = [];
  for (const part of parts.slice(1)) {
    if (part === '..') segments.pop();
    else if (part !== '.') segments.push(part);
  }
  return `/${segments.filter((segment) => segment !== '').join('/')}`;
}

function decode(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
