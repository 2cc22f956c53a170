import type { PathEntry } from './path-policies.js';
import { decodePath } from './request-path.js';

const SEPARATOR = /[/\\;?#]/;

/** What follows may be dropped: parameters up to the next slash, or a query that was encoded up to the end. */
const DROPPED = /[;?#]/;

/** `;`, `\`, encoded slashes and queries, empty and dot segments, and what does not begin with a slash. */
const DISPUTED = /[\\;?#]|%2f|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|^[^/]/i;

const QUERY = /[?#]/;

/** The beginning of what may be read as a URL without its scheme. */
const HOST = /^\/[/\\;]/;

/** More than anybody writes: matching must not be made long by a target. */
const MAX_SEGMENTS = 100;

interface Segment {
  readonly name: string;
  /** Every service takes it for a segment of its own, or for the beginning of one. */
  readonly certain: boolean;
}

/**
 * A path whose segments services disagree about. Some take `;` and `\` for separators, some for letters, some drop what
 * follows `;`; some decode first, some resolve dots first; some skip empty segments; some take `//x` for a host. Instead of
 * naming every combination: whatever a service makes of it, the segments it sees are among the finest there are, in order.
 */
export class DisputedPath {
  private constructor(
    private readonly segments: readonly Segment[],
    /** How far back dots lead, and where a host ends, depends on what counts as a segment: any of them may be gone. */
    readonly isUnsure: boolean,
  ) {}

  /**
   * `undefined` where everybody sees the same segments.
   *
   * @param decoded the same path with nothing left to decode
   */
  static read(path: string, decoded: string): DisputedPath | undefined {
    if (!DISPUTED.test(path) && !DISPUTED.test(decoded)) return undefined;
    const segments = finestOf(path);
    const named = segments.filter(({ name }) => name !== '.' && name !== '..');
    const isUnsure = named.length < segments.length || HOST.test(decoded);
    return new DisputedPath(named, isUnsure);
  }

  /** Whether some service may see a path here that the entry covers, in whatever case. */
  mayBe({ segments: wanted, prefix }: Pick<PathEntry, 'segments' | 'prefix'>): boolean {
    if (this.segments.length > MAX_SEGMENTS) return true;
    // How many of the wanted segments may have been seen so far.
    let seen = [0];
    for (const { name, certain } of this.segments) {
      if (prefix && seen.includes(wanted.length)) return true;
      const further = seen.filter((count) => wanted[count] === name).map((count) => count + 1);
      seen = certain && !this.isUnsure ? further : [...new Set([...seen, ...further])];
    }
    return seen.includes(wanted.length);
  }
}

/** Every segment that some service may see, in order. */
function finestOf(path: string): readonly Segment[] {
  const segments: Segment[] = [];
  let isOver = false;
  for (const piece of path.split('/')) {
    const decoded = (decodePath(piece) ?? '').toLowerCase();
    const kept = isOver ? -1 : keptOf(decoded);
    let end = -1; // of the segment, in the piece
    for (const name of decoded.split(SEPARATOR)) {
      end += name.length + 1;
      if (name !== '') segments.push({ name, certain: end <= kept });
    }
    isOver ||= QUERY.test(decoded);
  }
  return segments;
}

/** How much of a piece nobody drops. */
function keptOf(decoded: string): number {
  const dropped = decoded.search(DROPPED);
  return dropped === -1 ? decoded.length : dropped;
}
