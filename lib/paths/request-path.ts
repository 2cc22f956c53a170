/** The path of a request target as sent: without the query, and without the authority of an absolute-form target. */
export function rawPath(url: string): string {
  const end = url.search(/[?#]/);
  const target = end === -1 ? url : url.slice(0, end);
  const authority = /^https?:\/\/[^/]*/i.exec(target);
  if (authority === null) return target;
  return target.slice(authority[0].length) || '/';
}

const MAX_DECODINGS = 4;

/**
 * Decoded until nothing is left to decode, as something behind a proxy that decodes may decode again. `undefined` where
 * that takes longer than any chain of services.
 */
export function decodePath(path: string): string | undefined {
  if (!path.includes('%')) return path;
  let decoded = path;
  for (let count = 0; count <= MAX_DECODINGS; count++) {
    const further = decodeOnce(decoded);
    if (further === decoded) return decoded;
    decoded = further;
  }
  return undefined;
}

function decodeOnce(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
