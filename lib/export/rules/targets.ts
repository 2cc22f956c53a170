import type { PatternSegment } from './route-pattern.js';

/** A path with wildcards, as segments: `undefined` stands for any segment, `open` for any number of further ones. */
export interface Template {
  readonly segments: readonly (string | undefined)[];
  readonly open: boolean;
}

/** Also what no pattern matches has its paths. */
const ANY_PATH: Template = { segments: [], open: true };

/** More than any application has that a person wrote. */
const MOST_TEMPLATES = 20_000;

/**
 * Paths of which each stands for all that the patterns treat alike: every combination of patterns that some path matches is
 * matched by one of them. Wherever two lists of rules differ, they differ on one of these.
 */
export function representativePaths(
  patterns: readonly (readonly PatternSegment[])[],
  foldsCase: boolean,
): readonly string[] {
  const templates = intersections([ANY_PATH, ...patterns.map(templateOf)], foldsCase);
  const texts = new Set(templates.flatMap(({ segments }) => segments.map((text = '') => text)));
  const fresh = freshText(texts);
  const longest = Math.max(1, ...templates.map(({ segments }) => segments.length)) + 1;
  const paths = templates.flatMap((template) => instances(template, fresh, longest));
  return [...new Set(paths)];
}

export function templateOf(pattern: readonly PatternSegment[]): Template {
  const segments = pattern.flatMap((segment) => {
    if (segment.kind === 'rest') return [];
    return [segment.kind === 'static' ? segment.text : undefined];
  });
  return { segments, open: segments.length < pattern.length };
}

/** The templates and whatever several of them have in common. */
export function intersections(given: readonly Template[], foldsCase: boolean): readonly Template[] {
  const known = new Map<string, Template>();
  const add = (template: Template): void => {
    const key = keyOf(template, foldsCase);
    if (!known.has(key) && known.size < MOST_TEMPLATES) known.set(key, template);
  };
  given.forEach(add);
  const originals = [...known.values()];
  // A map is walked in the order of insertion, what is added on the way included.
  for (const template of known.values()) {
    for (const other of originals) {
      const common = intersection(template, other, foldsCase);
      if (common !== undefined) add(common);
    }
  }
  return [...known.values()];
}

function keyOf({ segments, open }: Template, foldsCase: boolean): string {
  const key = JSON.stringify([segments.map((text) => text ?? 0), open]);
  return foldsCase ? key.toLowerCase() : key;
}

function intersection(a: Template, b: Template, foldsCase: boolean): Template | undefined {
  const [short, long] = a.segments.length <= b.segments.length ? [a, b] : [b, a];
  if (long.segments.length > short.segments.length && !short.open) return undefined;
  const segments: (string | undefined)[] = [];
  for (const [index, text] of long.segments.entries()) {
    const other = short.segments[index];
    if (text !== undefined && other !== undefined && !equals(text, other, foldsCase))
      return undefined;
    segments.push(text ?? other);
  }
  const sameLength = long.segments.length === short.segments.length;
  return { segments, open: long.open && (short.open || !sameLength) };
}

function equals(a: string, b: string, foldsCase: boolean): boolean {
  return foldsCase ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/** An open template at every length that some pattern may end at, and one beyond. */
function instances({ segments, open }: Template, fresh: string, longest: number): string[] {
  const front = segments.map((text) => `/${text ?? fresh}`).join('');
  if (!open) return [front === '' ? '/' : front];
  const tails = Array.from({ length: longest - segments.length + 2 }, (_, length) =>
    `/${fresh}`.repeat(length),
  );
  return [`${front}/`, ...tails.map((tail) => front + tail).filter((path) => path !== '')];
}

/** Text that is none of these. */
export function freshText(taken: ReadonlySet<string>): string {
  const lower = new Set([...taken].map((text) => text.toLowerCase()));
  let fresh = 'x';
  while (lower.has(fresh)) fresh += 'x';
  return fresh;
}
