import type { PathEntry } from './path-policies.js';
import { decodePath } from './request-path.js';

const SEPARATOR = /[/\\;]/;

/** `;`, `\`, encoded slashes, empty and dot segments, and what does not begin with a slash. */
const DISPUTED = /[\\;]|%2f|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|^[^/]/i;

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

  /** `undefined` where everybody sees the same segments. */
  static read(path: string): DisputedPath | undefined {
    const decoded = decodePath(path);
    if (!DISPUTED.test(path) && !DISPUTED.test(decoded)) return undefined;
    const segments = path
      .split('/')
      .flatMap(finest)
      .filter(({ name }) => name !== '');
    const named = segments.filter(({ name }) => name !== '.' && name !== '..');
    const isUnsure = named.length < segments.length || HOST.test(decoded);
    return new DisputedPath(named, isUnsure);
  }

  get isTooLong(): boolean {
    return this.segments.length > MAX_SEGMENTS;
  }

  /** Whether some service may see a path here that the entry covers, in whatever case. */
  mayBe({ path, prefix }: Pick<PathEntry, 'path' | 'prefix'>): boolean {
    const wanted = path.toLowerCase().split('/').filter(Boolean);
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

/** What follows a `;` may be dropped, up to the next slash that is sent as one. */
function finest(piece: string): readonly Segment[] {
  const decoded = decodePath(piece).toLowerCase();
  const parameters = decoded.includes(';') ? decoded.indexOf(';') : decoded.length;
  let end = -1;
  return decoded.split(SEPARATOR).map((name) => {
    end += name.length + 1;
    return { name, certain: end <= parameters };
  });
}
