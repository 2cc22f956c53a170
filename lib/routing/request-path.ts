/** The path of a request target as sent: without the query, and without the authority of an absolute-form target. */
export function rawPath(url: string): string {
  const end = url.search(/[?#]/);
  const target = end === -1 ? url : url.slice(0, end);
  const authority = /^https?:\/\/[^/]*/i.exec(target);
  if (authority === null) return target;
  return target.slice(authority[0].length) || '/';
}

/** Every encoded byte as a character, once. */
export function decodePath(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
