/** Without one of these nobody reads `polling` in a target: most need no parsing. */
const POSSIBLE = /polling|%/;

/**
 * A request of socket.io's long polling, wherever it is served: Engine.IO refuses every other value, and takes the last of
 * several.
 */
export function saysPolling(url: string): boolean {
  return POSSIBLE.test(url) && queryOf(url).getAll('transport').includes('polling');
}

/** JSONP: polling by a script element. */
export function saysScript(url: string): boolean {
  return queryOf(url).has('j');
}

/** Browsers send no fragment; a client that does means what stands before it. */
function queryOf(url: string): URLSearchParams {
  const [target = ''] = url.split('#', 1);
  const start = target.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : target.slice(start + 1));
}
