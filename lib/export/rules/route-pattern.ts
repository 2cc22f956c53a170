import { escapeExpression } from '../../config/origins/escape-expression.js';

/** A segment of a path pattern: static text, one segment of any text, or the rest of the path. */
export type PatternSegment =
  | { readonly kind: 'static'; readonly text: string }
  | { readonly kind: 'parameter' }
  | { readonly kind: 'rest' };

/** A path pattern that can be compared with others. */
export interface RoutePattern {
  readonly segments: readonly PatternSegment[];
  /** The paths that it matches, trailing slashes as the platform takes them. */
  readonly matches: (path: string) => boolean;
  /** A parameter would be empty: find-my-way leads such a path here, and Nest turns it away from Nest 12 on. */
  readonly leavesEmpty: (path: string) => boolean;
}

/** How a platform reads patterns. */
export interface PatternSyntax {
  readonly caseSensitive: boolean;
  /** A trailing slash makes no other path, and a wildcard stands for at least one character, unless it is in braces: Express. */
  readonly lenient: boolean;
}

const PARAMETER = /^:\w+$/;
const REST = /^(?:\*\w*|\{\*\w+\}|\(\.\*\))$/;
const STATIC = /^[^:*{}()?+[\]!\\]*$/;

/**
 * Reads a pattern of Express or Fastify. `undefined` for what cannot be compared with other patterns: groups, expressions,
 * several parameters in a segment, a wildcard that is not at the end.
 */
export function readRoutePattern(path: string, syntax: PatternSyntax): RoutePattern | undefined {
  const segments: PatternSegment[] = [];
  // `/files{/*rest}` is `/files/*rest` and the path itself.
  const parts = path
    .replace(/\{\/(\*\w+)\}$/, '/{$1}')
    .split('/')
    .slice(1);
  for (const [index, part] of parts.entries()) {
    const segment = readSegment(part);
    if (segment === undefined || (segment.kind === 'rest' && index < parts.length - 1))
      return undefined;
    segments.push(segment);
  }
  const compile = (parameter: string): RegExp =>
    new RegExp(sourceOf(path, segments, syntax, parameter), syntax.caseSensitive ? '' : 'i');
  const [expression, empty] = [compile('[^/]+'), compile('[^/]*')];
  const matches = (target: string): boolean => expression.test(target);
  const leavesEmpty = (target: string): boolean =>
    !syntax.lenient && !matches(target) && empty.test(target);
  return { segments, matches, leavesEmpty };
}

function readSegment(part: string): PatternSegment | undefined {
  if (PARAMETER.test(part)) return { kind: 'parameter' };
  if (REST.test(part)) return { kind: 'rest' };
  return STATIC.test(part) ? { kind: 'static', text: part } : undefined;
}

function sourceOf(
  path: string,
  segments: readonly PatternSegment[],
  { lenient }: PatternSyntax,
  parameter: string,
): string {
  const fixed = segments
    .filter(({ kind }) => kind !== 'rest')
    .map((segment) => sourceOfSegment(segment, parameter));
  const end = lenient ? '/?$' : '$';
  const isTrailing = lenient && fixed.length > 1 && fixed.at(-1) === '/';
  const front = (isTrailing ? fixed.slice(0, -1) : fixed).join('');
  if (fixed.length === segments.length) return `^${front === '' ? '/' : front}${end}`;
  if (path.endsWith('}') && path.includes('{/')) return `^${front}(?:/.*)?$`;
  return `^${front}/${lenient && /\/\*\w+$/.test(path) ? '.+' : '.*'}$`;
}

function sourceOfSegment(segment: PatternSegment, parameter: string): string {
  if (segment.kind !== 'static') return `/${parameter}`;
  return `/${escapeExpression(segment.text)}`;
}
