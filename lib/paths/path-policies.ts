import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import type { PathEntry, PathSelection } from './path-entry.js';
import { PathReadings } from './path-readings.js';
import { hasCaseTwins, PathTree } from './path-tree.js';
import { pathOf } from './target-path.js';

export type { PathEntry, PathSelection } from './path-entry.js';

/** Finds the policy of what no Nest handler serves: that of the `paths` entry that covers the target, else the default. */
export class PathPolicies {
  private readonly uncovered: PathSelection;
  private readonly isEmpty: boolean;
  private readonly any: PathReadings;
  /** For the methods that entries name. */
  private readonly named: ReadonlyMap<string, PathReadings>;

  constructor(
    entries: readonly PathEntry[],
    private readonly caseSensitive: boolean,
    defaultPolicy?: CompiledPolicy,
  ) {
    this.uncovered = { policy: defaultPolicy };
    this.isEmpty = entries.length === 0;
    this.any = this.readingsOf(entries.filter(({ methods }) => methods === undefined));
    const methods = new Set(entries.flatMap((entry) => entry.methods ?? []));
    if (methods.has('GET')) methods.add('HEAD');
    this.named = new Map(
      [...methods].map((method) => [method, this.readingsOf(serving(entries, method))]),
    );
  }

  /**
   * The policy of a request target. Where services may read the target in ways that select different policies, it is
   * undecidable: denied, and rejected where one of those policies rejects.
   */
  select(url: string, method: string): PathSelection {
    if (this.isEmpty) return this.uncovered;
    return (this.named.get(method) ?? this.any).select(pathOf(url));
  }

  private readingsOf(entries: readonly PathEntry[]): PathReadings {
    const folded = new PathTree(entries, this.uncovered, true);
    const minds = this.caseSensitive && hasCaseTwins(folded.root);
    const tree = minds ? new PathTree(entries, this.uncovered, false) : folded;
    return new PathReadings(tree, this.caseSensitive);
  }
}

/** The entry of a path that names the method beats the one for any. */
function serving(entries: readonly PathEntry[], method: string): readonly PathEntry[] {
  const names = method === 'HEAD' ? ['HEAD', 'GET'] : [method];
  const naming = entries.filter((entry) => names.some((name) => entry.methods?.includes(name)));
  return [...naming, ...entries.filter((entry) => entry.methods === undefined)];
}
