import { BEYOND, type EdgeAnswers, type EdgeCell } from '../edge/cell.js';
import { DISPUTED } from '../edge/edge-policies.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { representativesOf } from '../edge/edge-methods.js';
import { entryPattern } from '../rules/path-rules.js';
import type { PatternSegment } from '../rules/route-pattern.js';
import { representativePaths } from '../rules/targets.js';

/** The matches by which a gateway tells paths apart: an exact one counts, else the longest prefix. */
export interface PathMatch {
  readonly type: 'Exact' | 'PathPrefix';
  readonly value: string;
}

/** A match, and the keys of all policies that the application has for what it takes. */
export interface Place {
  readonly match: PathMatch;
  readonly policies: ReadonlySet<string>;
}

/** The places of an application, each with one path at least of every kind that is treated alike in it. */
export function placesOf(table: EdgeTable): readonly Place[] {
  const matches = matchesOf(table);
  const policies = new Map(matches.map((match) => [match, new Set<string>()]));
  const answers = answersOf(table);
  for (const path of pathsOf(table, matches)) {
    const found = policies.get(winner(matches, path));
    for (const policy of answers(path)) found?.add(policy);
  }
  return matches.map((match) => ({ match, policies: policies.get(match) ?? new Set() }));
}

/** Every path that is written out, and what stands before parameters and wildcards as a prefix; everything last. */
function matchesOf({ patterns }: EdgeTable): readonly [...PathMatch[], PathMatch] {
  const known = new Map<string, PathMatch>();
  for (const segments of patterns) {
    for (const match of matchesOfPattern(segments))
      known.set(`${match.type} ${match.value}`, match);
  }
  known.delete('PathPrefix /');
  return [...known.values(), EVERYTHING];
}

const EVERYTHING: PathMatch = { type: 'PathPrefix', value: '/' };

function matchesOfPattern(segments: readonly PatternSegment[]): readonly PathMatch[] {
  const open = segments.findIndex(({ kind }) => kind !== 'static');
  const front = segments.slice(0, open === -1 ? segments.length : open);
  const text = front
    .map((segment) => (segment.kind === 'static' ? `/${segment.text}` : ''))
    .join('');
  const value = text.replace(/\/$/, '');
  if (open !== -1) return [{ type: 'PathPrefix', value: value === '' ? '/' : value }];
  if (value === '') return [{ type: 'Exact', value: '/' }];
  return [
    { type: 'Exact', value },
    { type: 'Exact', value: `${value}/` },
  ];
}

/** Also with a slash behind it, and from each segment on in other letters: gateways tell those apart. */
function pathsOf({ patterns }: EdgeTable, matches: readonly PathMatch[]): readonly string[] {
  const spelt = representativePaths([...patterns, ...matches.map(entryPatternOf)], false).flatMap(
    (path) => [path, ...path.split('/').map((_, from, segments) => fromThere(segments, from))],
  );
  return [...new Set(spelt.flatMap((path) => (path.endsWith('/') ? [path] : [path, `${path}/`])))];
}

/** Also what no pattern matches is below a prefix. */
function entryPatternOf({ type, value }: PathMatch): readonly PatternSegment[] {
  return entryPattern({ path: value, prefix: type === 'PathPrefix' });
}

function fromThere(segments: readonly string[], from: number): string {
  return segments.map((text, at) => (at < from ? text : text.toUpperCase())).join('/');
}

function winner(matches: readonly [...PathMatch[], PathMatch], path: string): PathMatch {
  let best: PathMatch = EVERYTHING;
  for (const match of matches) {
    if (match.type === 'Exact') {
      if (match.value === path) return match;
    } else if (isBelow(path, match.value) && match.value.length > best.value.length) best = match;
  }
  return best;
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** The policies of every method at a path, by the first cell that matches it. */
type Answers = (path: string) => readonly string[];

function answersOf({ routes, entries, methods }: EdgeTable): Answers {
  const names = [...representativesOf(methods).keys()];
  const [routed, entered] = [routes, entries].map(compiled);
  return (path) => {
    const [route, entry] = [routed?.(path), entered?.(path)];
    return names.map((name) => {
      const policy = route?.get(name)?.policy ?? BEYOND;
      return policy === BEYOND ? (entry?.get(name)?.policy ?? DISPUTED) : policy;
    });
  };
}

function compiled(cells: readonly EdgeCell[]): (path: string) => EdgeAnswers | undefined {
  const list = cells.map(({ expression, ignoresCase, answers }) => ({
    expression: new RegExp(expression, ignoresCase ? 'i' : ''),
    answers,
  }));
  return (path) => list.find(({ expression }) => expression.test(path))?.answers;
}
