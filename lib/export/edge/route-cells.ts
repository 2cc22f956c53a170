import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import { ManifestRules, type Selection } from '../rules/manifest-rules.js';
import type { PatternSegment } from '../rules/route-pattern.js';
import { parentOf, withoutEmpty } from './empty-parameters.js';
import { freshText, intersections, type Template, templateOf } from '../rules/targets.js';
import { BEYOND, type EdgeAnswer, type EdgeAnswers, type EdgeCell, cellsOf } from './cell.js';
import { DISPUTED, type EdgePolicies } from './edge-policies.js';

/** Stands in for `paths` and `default` where no route serves a request. */
const EVERYTHING_ELSE = {
  path: '/',
  prefix: true,
  methods: null,
  policy: false,
  declared: '',
  keepExposedHeaders: false,
} as const;

/**
 * The cells of the routes: each pattern, and whatever several of them have in common, the smaller before the larger. The
 * first that matches a path is then the very set of patterns that match it, so that one path of it speaks for all.
 */
export class RouteCells {
  private readonly rules: ManifestRules;
  private readonly isFastify: boolean;
  private readonly caseSensitive: boolean;

  constructor(
    private readonly manifest: CorsManifest,
    private readonly policies: EdgePolicies,
    /** Those that the manifest names, and one that it does not, by `'*'`. */
    private readonly methods: ReadonlyMap<string, string>,
  ) {
    this.rules = new ManifestRules({ ...manifest, paths: [EVERYTHING_ELSE] });
    this.isFastify = manifest.platform.name === 'fastify';
    this.caseSensitive = manifest.platform.caseSensitive;
  }

  get patterns(): readonly (readonly PatternSegment[])[] {
    return this.rules.routes.map(({ pattern }) => pattern.segments);
  }

  all(): readonly EdgeCell[] {
    const patterns = this.patterns.flatMap((pattern) => {
      const template = this.templateOf(pattern);
      return this.isFastify ? [template, ...parentOf(template)] : [template];
    });
    const templates = [...intersections(patterns, !this.caseSensitive)].sort(bySize);
    const fresh = freshText(
      new Set(templates.flatMap(({ segments }) => segments.map((text = '') => text))),
    );
    return templates.flatMap((template) => this.cellsAt(template, fresh));
  }

  /** On Express a trailing slash makes no other path. */
  private templateOf(segments: readonly PatternSegment[]): Template {
    const { segments: texts, open } = templateOf(segments);
    const isTrailing = !this.isFastify && texts.length > 1 && texts.at(-1) === '';
    return { segments: isTrailing ? texts.slice(0, -1) : texts, open };
  }

  private cellsAt({ segments, open }: Template, fresh: string): readonly EdgeCell[] {
    const front = segments.map((text) => `/${text ?? fresh}`).join('');
    return cellsOf(segments, open, !this.caseSensitive, (tail) => {
      const path = front + (tail === '/.+' ? `/${fresh}` : tail);
      return path === '' || path.includes('//') ? undefined : this.answersAt(path);
    });
  }

  private answersAt(path: string): EdgeAnswers {
    const { rules, emptied } = withoutEmpty(this.rules, path);
    const selections = new Map(
      [...this.methods].map(([name, method]) => [name, rules.select(method, path, '')]),
    );
    const answers = [...selections].map(([method, selection]) => {
      const answer = this.answerOf(selection, selections);
      return [method, emptied(method) ? { policy: DISPUTED } : answer] as const;
    });
    return new Map(answers);
  }

  private answerOf(
    { rule, policy }: Selection,
    selections: ReadonlyMap<string, Selection>,
  ): EdgeAnswer {
    if (rule.kind === 'path') return { policy: BEYOND };
    const key = this.policies.keyOf(policy);
    if (rule.kind !== 'route') return { policy: key };
    const explicit = typeof policy === 'string' ? this.manifest.policies[policy]?.methods : null;
    const listed = [...selections].flatMap(([method, other]) => {
      const isAlike = other.rule.kind === 'route' && this.policies.keyOf(other.policy) === key;
      return isAlike && this.lists(method, explicit) ? [method] : [];
    });
    return { policy: key, listed };
  }

  private lists(method: string, explicit: readonly string[] | null | undefined): boolean {
    if (!this.rules.servedMethods.has(method)) return false;
    return explicit === null || explicit === undefined || explicit.includes(method);
  }
}

/** A set before the sets that contain it: more fixed text, then more segments, then no open end. */
function bySize(left: Template, right: Template): number {
  return (
    fixedSegments(right) - fixedSegments(left) ||
    right.segments.length - left.segments.length ||
    Number(left.open) - Number(right.open)
  );
}

function fixedSegments({ segments }: Template): number {
  return segments.filter((text) => text !== undefined).length;
}
