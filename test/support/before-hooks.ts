import type { PlatformName } from './platforms.js';

/** A path that cannot be decoded: `%zz`, or bytes that are no UTF-8. */
function isMalformed(target: string): boolean {
  try {
    decodeURI(target.replace(/[?#].*$/s, ''));
    return false;
  } catch {
    return true;
  }
}

/**
 * Answers that Fastify gives before any hook runs: 414 to a parameter that is too long, 400 to a malformed path. Before 5.12 it
 * answers a malformed path with 404 where no route has the method.
 */
export function isBeforeHooks(platform: PlatformName, target: string, status: number): boolean {
  if (status === 400 || status === 414) return true;
  return platform === 'fastify' && status === 404 && isMalformed(target);
}
