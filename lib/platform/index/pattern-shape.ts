const PLAIN_PATTERN = /^(?:\/(?:[A-Za-z0-9_.~-]+|:[A-Za-z_$][A-Za-z0-9_$]*))+\/?$|^\/$/;

/** An empty segment; a slash that is optional or repeated (Express 4). */
const BEYOND_SEGMENTS = /\/[/?+]/;

/**
 * Equal for patterns that match the same paths, whatever they call their parameters; `undefined` where a pattern has more
 * than literals and parameters, so that it is only like itself.
 */
export function shapeOf(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string' || !PLAIN_PATTERN.test(pattern)) return undefined;
  return pattern.replace(/:[^/]+/g, ':');
}

/** The pattern is a list of segments, and the slashes between them are there. */
export function hasSegments(pattern: unknown): pattern is string {
  return typeof pattern === 'string' && pattern.startsWith('/') && !BEYOND_SEGMENTS.test(pattern);
}
