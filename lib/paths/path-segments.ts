import type { ScannedPath } from './scan-path.js';
import { mayLoseSegments } from './target-path.js';

/** A name between two separators, as some service may see it. */
export interface Segment {
  /** Decoded, without spaces around it; `''` between two separators. */
  readonly name: string;
  /** Every service sees the name, because nothing was encoded or disputed up to here. */
  readonly isPlain: boolean;
  /** No service skips or drops it: one that has come this far sees the name, or something longer. */
  readonly isCertain: boolean;
}

/** Each name with the separator before it. */
const NAMES = /([/\\;?#])([^/\\;?#]*)/g;

/** From here on some services drop parameters, or the rest of the path. */
const DROPS = /[;?#]/;

/**
 * The finest segments that any service sees in a path; what a service sees are some of them, in order, or several as one.
 * `/a;v=1/b%2fc` has `a`, `v=1`, `b` and `c`: a service may see `a` and `b/c`, or `a;v=1`, `b` and `c`.
 *
 * @param decoded the same path with nothing left to decode
 */
export function* segmentsOf(
  path: string,
  decoded: string,
  { disputed, isPlain: isSentPlain }: ScannedPath,
): Generator<Segment> {
  let mayBeGone = !isSentPlain && mayLoseSegments(decoded);
  for (const { 0: text, 1: separator = '', 2: written = '', index } of decoded.matchAll(NAMES)) {
    const end = index + text.length;
    // A slash at the end adds none.
    if (text === '/' && end === decoded.length && path.endsWith('/')) return;
    mayBeGone ||= DROPS.test(separator);
    const name = written.trim();
    const isPlain = disputed === -1 || end < disputed;
    yield { name, isPlain, isCertain: name !== '' && !mayBeGone };
  }
}
