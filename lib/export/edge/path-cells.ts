import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import { type PathEntry, PathPolicies, type PathSelection } from '../../paths/path-policies.js';
import { type CompiledPolicy, NO_CORS_POLICY } from '../../protocol/compiled-policy.js';
import { freshText } from '../rules/targets.js';
import { type EdgeAnswers, type EdgeCell, cellsOf, type Tail, textOfAnswers } from './cell.js';
import { DISPUTED, type EdgePolicies } from './edge-policies.js';

/** How a path may be spelt: as the entry has it, or with letters in another case. */
type Spelling = readonly string[];

/** The cells of `paths`, the longer first; the last covers everything. Asked of what decides in the application. */
export class PathCells {
  private readonly lookup: PathPolicies;
  private readonly fresh: string;

  constructor(
    private readonly manifest: CorsManifest,
    private readonly policies: EdgePolicies,
    private readonly methods: ReadonlyMap<string, string>,
  ) {
    const entries = manifest.paths.map((entry): PathEntry => {
      const key = policies.keyOf(entry.policy, entry.keepExposedHeaders);
      return {
        path: entry.path,
        prefix: entry.prefix,
        methods: entry.methods ?? undefined,
        keepExposedHeaders: entry.keepExposedHeaders,
        where: entry.declared,
        policy: standIn(key, entry.policy === 'passthrough' ? 'passthrough' : key),
      };
    });
    const byDefault = standIn(policies.keyOf(manifest.default.policy));
    this.lookup = new PathPolicies(entries, manifest.platform.caseSensitive, byDefault);
    this.fresh = freshText(new Set(entries.flatMap(({ path }) => path.split('/'))));
  }

  all(): readonly EdgeCell[] {
    const paths = new Map<string, { readonly segments: readonly string[]; open: boolean }>();
    for (const { path, prefix } of this.manifest.paths) {
      const segments = path.split('/').filter(Boolean);
      const known = paths.get(segments.join('/'));
      paths.set(segments.join('/'), { segments, open: prefix || known?.open === true });
    }
    const sorted = [...paths.values()].sort(
      (left, right) => right.segments.length - left.segments.length,
    );
    const named = sorted.filter(({ segments }) => segments.length > 0);
    const exact = groupBy(named, ({ segments }) => segments.length).flatMap((group) => [
      ...group.flatMap((one) => this.exactly(one.segments, one.open)),
      ...group.flatMap((one) => this.folded(one.segments, one.open)),
    ]);
    return [...exact, ...this.everythingElse()];
  }

  private exactly(segments: readonly string[], open: boolean): readonly EdgeCell[] {
    return this.cells(segments, open, [segments], false);
  }

  /** In another case than the entry: the platform or a service may mind. */
  private folded(segments: readonly string[], open: boolean): readonly EdgeCell[] {
    const spellings = spellingsOf(segments);
    return spellings.length === 0 ? [] : this.cells(segments, open, spellings, true);
  }

  private everythingElse(): readonly EdgeCell[] {
    const root = { expression: '^/$', ignoresCase: false, answers: this.answersAt(['/']) };
    const others = {
      expression: '^/.+$',
      ignoresCase: false,
      answers: this.answersAt([`/${this.fresh}`]),
    };
    return textOfAnswers(root.answers) === textOfAnswers(others.answers)
      ? [{ ...others, expression: '^/' }]
      : [root, others];
  }

  private cells(
    segments: readonly string[],
    open: boolean,
    spellings: readonly Spelling[],
    ignoresCase: boolean,
  ): readonly EdgeCell[] {
    return cellsOf(segments, open, ignoresCase, (tail) => this.answersBehind(spellings, tail));
  }

  private answersBehind(spellings: readonly Spelling[], tail: Tail): EdgeAnswers {
    const end = tail === '/.+' ? `/${this.fresh}` : tail;
    return this.answersAt(spellings.map((segments) => `/${segments.join('/')}${end}`));
  }

  /** Where spellings lead to different policies, nothing says which. */
  private answersAt(paths: readonly string[]): EdgeAnswers {
    const answers = [...this.methods].map(([name, method]) => {
      const keys = new Set(paths.map((path) => keyOf(this.lookup.select(path, method))));
      const [key = DISPUTED, ...others] = keys;
      return [name, { policy: others.length === 0 ? key : DISPUTED }] as const;
    });
    return new Map(answers);
  }
}

/** The identity is compared by the lookup; the label is the key of the edge's policy. */
function standIn(key: string, id = key): CompiledPolicy {
  return { ...NO_CORS_POLICY, id, label: key };
}

function keyOf({ policy }: PathSelection): string {
  return policy === undefined || policy.kind === 'undecidable' ? DISPUTED : policy.label;
}

/** Every segment in another case, and each alone, and all but each. */
function spellingsOf(segments: readonly string[]): readonly Spelling[] {
  const others = segments.map(otherCase);
  const spellings = [
    others,
    ...segments.map((_, index) =>
      segments.map((text, at) => (at === index ? (others[at] ?? text) : text)),
    ),
    ...segments.map((_, index) =>
      others.map((text, at) => (at === index ? (segments[at] ?? text) : text)),
    ),
  ];
  const written = segments.join('/');
  return spellings.filter((spelling) => spelling.join('/') !== written);
}

function otherCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | number): Item[][] {
  const groups = new Map<string | number, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}
