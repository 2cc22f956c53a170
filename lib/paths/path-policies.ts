import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { UNDECIDABLE_POLICY } from '../protocol/compiled-policy.js';
import { DisputedPath } from './disputed-path.js';
import { PathTable } from './path-table.js';
import { decodePath, rawPath } from './request-path.js';

/** A `paths` entry, read: `prefix` covers the path itself, with and without a trailing slash, and everything below it. */
export interface PathEntry {
  readonly path: string;
  /** Those of {@link path}, in lower case. */
  readonly segments: readonly string[];
  readonly prefix: boolean;
  readonly methods: readonly string[] | undefined;
  readonly policy: CompiledPolicy;
  /** Expose what the upstream exposes too. */
  readonly keepExposedHeaders: boolean;
  readonly where: string;
}

const UPPER_CASE = /[A-Z]/;

/** Finds the policy of what no Nest handler serves. */
export class PathPolicies {
  private readonly empty: boolean;
  private readonly table: PathTable;
  private readonly strict: PathTable;
  /** `undefined` where entries differ in nothing but case, so that case has to decide. */
  private readonly folded: PathTable | undefined;
  private readonly mindsCase: boolean;

  constructor(entries: readonly PathEntry[], caseSensitive: boolean) {
    this.empty = entries.length === 0;
    this.strict = new PathTable(entries, true);
    this.folded = hasCaseTwins(entries) ? undefined : new PathTable(entries, false);
    this.table = caseSensitive ? this.strict : (this.folded ?? new PathTable(entries, false));
    this.mindsCase = entries.some(({ path }) => UPPER_CASE.test(path));
  }

  /**
   * The entry that covers a request target, or `'undecidable'` where the target can be read in ways that select different
   * policies: what serves it may decode, collapse, resolve or ignore more than the platform does, or less.
   */
  find(url: string, method: string): PathEntry | 'undecidable' | undefined {
    if (this.empty) return undefined;
    const raw = rawPath(url);
    const decoded = decodePath(raw);
    if (decoded === undefined) return 'undecidable';
    const asSent = this.table.find(raw, method);
    for (const entry of this.otherReadings(raw, decoded, method, asSent)) {
      if (entry?.policy.id !== asSent?.policy.id) return 'undecidable';
    }
    return asSent;
  }

  /** What the target may select beside what it selects as sent; `undefined` is nothing. */
  private *otherReadings(
    raw: string,
    decoded: string,
    method: string,
    asSent: PathEntry | undefined,
  ): Generator<PathEntry | undefined> {
    yield* this.entriesFor(raw, method);
    if (decoded !== raw) yield* this.entriesFor(decoded, method);
    const disputed = DisputedPath.read(raw, decoded);
    if (disputed !== undefined) yield* this.entriesOf(disputed, method, asSent);
  }

  /** Where segments are disputed: every entry that some service may see, but for those that what is sure outranks. */
  private *entriesOf(
    disputed: DisputedPath,
    method: string,
    asSent: PathEntry | undefined,
  ): Generator<PathEntry | undefined> {
    const isOutranked = ({ path }: PathEntry): boolean =>
      asSent !== undefined && !disputed.isUnsure && path.length < asSent.path.length;
    const entries = this.strict.serving(method).filter((entry) => !isOutranked(entry));
    // Dots, say, may lead out of every prefix but the root's.
    if (disputed.isUnsure && !entries.some(({ path, prefix }) => prefix && path === '/'))
      yield undefined;
    yield* entries.filter((entry) => disputed.mayBe(entry));
  }

  /** What one reading of a path selects, for all that may be made of its case and of a trailing slash. */
  private *entriesFor(path: string, method: string): Generator<PathEntry | undefined> {
    yield this.table.find(path, method);
    if (path !== '/' && path.endsWith('/')) {
      // Behind an exact path, the slash may lead below it.
      const [below] = this.table.covering(path, method);
      if (below !== undefined) yield below;
    }
    if (this.folded === undefined || !(this.mindsCase || UPPER_CASE.test(path))) return;
    // Middleware ignores case also where the router minds it,
    yield this.folded.find(path, method);
    // and a service mounted so may mind it below its mount.
    const mount = this.folded.covering(path, method).at(-1);
    if (mount !== undefined)
      yield this.strict.find(mount.path + path.slice(mount.path.length), method);
  }
}

function hasCaseTwins(entries: readonly PathEntry[]): boolean {
  const spellings = new Set(entries.map(({ path }) => path));
  return new Set([...spellings].map((path) => path.toLowerCase())).size < spellings.size;
}

/** What `policy` is for a target that two entries disagree about. */
export function policyOf(entry: PathEntry | 'undecidable'): CompiledPolicy {
  return entry === 'undecidable' ? UNDECIDABLE_POLICY : entry.policy;
}
