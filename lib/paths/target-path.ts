import { isUtf8 } from 'node:buffer';

/** The path of a request target as sent: without its query, and without the authority of an absolute-form target. */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  const target = end === -1 ? url : url.slice(0, end);
  if (target.startsWith('/')) return target;
  const authority = /^https?:\/\/[^/]*/i.exec(target);
  return authority === null ? target : target.slice(authority[0].length) || '/';
}

/** More than any chain of services. */
const MAX_DECODINGS = 4;

const ESCAPE = /%[0-9a-f]{2}/i;

/**
 * Decodes byte by byte until nothing is left to decode, because a service behind a proxy that decodes may decode again.
 * `undefined` for what no legitimate path has, at whatever stage it shows: `/a%2500/b` ends in NUL, or is anything at all.
 */
export function decodePath(path: string): string | undefined {
  let decoded = path;
  for (let count = 0; count <= MAX_DECODINGS; count++) {
    if (isForeign(decoded)) return undefined;
    if (!ESCAPE.test(decoded)) return decoded;
    decoded = unescape(decoded);
  }
  return undefined;
}

/** Control characters, encoded in whatever way, `%u002f` as IIS has it, and everything beyond ASCII. */
// oxlint-disable-next-line no-control-regex
const UNUSUAL = /[\0-\x1f\x7f-\xff]|%u[0-9a-f]{4}/i;

/** C strings end at NUL, URL parsers drop tabs and line breaks. Those beyond ASCII are U+0080 to U+009F. */
// oxlint-disable-next-line no-control-regex
const FOREIGN = /[\0-\x1f\x7f]|\xc2[\x80-\x9f]|%u[0-9a-f]{4}/i;

function isForeign(path: string): boolean {
  if (!UNUSUAL.test(path)) return false;
  // Lenient decoders take the overlong `%c0%af` for a slash.
  return FOREIGN.test(path) || !isUtf8(Buffer.from(path, 'latin1'));
}

const HOST = /^\/[/\\;]/;
const DOTS = /[/\\;?#] *\.{1,2} *(?:[/\\;?#]|$)/;

/**
 * How far back dots lead, and where the host of `//host/a` ends, depends on what counts as a segment: any of them may be
 * gone. Browsers resolve dots before they send them, except in `..;` and `..%2f`.
 */
export function mayLoseSegments(decoded: string): boolean {
  return HOST.test(decoded) || (decoded.includes('.') && DOTS.test(decoded));
}
