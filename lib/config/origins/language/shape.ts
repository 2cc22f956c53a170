import { DIGITS, isSubset, LABEL_CHARACTERS } from './charset.js';
import type { TextPiece, Variant } from './variants.js';

/** Stand-ins for the pieces that are not literals; none of them can occur in a literal. */
export const LABEL = '\ue000';
export const NUMBER = '\ue001';
export const DOT = '\ue002';
export const WIDE = '\ue003';

/** One variant, one character per piece, so that its shape can be read with ordinary string functions. */
export interface Skeleton {
  readonly text: string;
  readonly pieces: readonly TextPiece[];
  /** Starts with `^` and nowhere else. */
  readonly anchoredAtStart: boolean;
  /** Ends with `$` and nowhere else. */
  readonly anchoredAtEnd: boolean;
  /** `^` or `$` in the midst: matches nothing, or depends on what is optional around it. */
  readonly strayAnchor: boolean;
}

export function skeletonOf(variant: Variant): Skeleton {
  const pieces = variant.filter((piece): piece is TextPiece => piece.kind === 'text');
  const kinds = variant.map((piece) => piece.kind);
  const inner = kinds.slice(kinds[0] === 'start' ? 1 : 0, kinds.at(-1) === 'end' ? -1 : undefined);
  return {
    text: pieces.map(symbolOf).join(''),
    pieces,
    anchoredAtStart: kinds[0] === 'start',
    anchoredAtEnd: kinds.at(-1) === 'end',
    strayAnchor: inner.some((kind) => kind !== 'text'),
  };
}

function symbolOf({ chars, min, max, dot }: TextPiece): string {
  const once = min === 1 && max === 1;
  if (once && chars.size === 1) return [...chars].join('');
  if (once && dot) return DOT;
  if (isSubset(chars, DIGITS)) return NUMBER;
  return isSubset(chars, LABEL_CHARACTERS) ? LABEL : WIDE;
}

/** A member of the variant's language; `filling` may say what stands for a piece. */
export function memberOf(
  skeleton: Skeleton,
  filling: (index: number) => string | undefined = () => undefined,
): string {
  return skeleton.pieces.map((piece, index) => filling(index) ?? plainFilling(piece)).join('');
}

/** Every piece at its shortest and plainest, but not empty where it could be an entire label. */
function plainFilling(piece: TextPiece): string {
  return plainCharacter(piece).repeat(Math.min(Math.max(piece.min, 1), piece.max));
}

function plainCharacter({ chars, dot, max }: TextPiece): string {
  if (dot && max === 1) return '.'; // what was meant
  return (
    ['a', '1', 'b', '-'].find((character) => chars.has(character)) ?? [...chars].join('').charAt(0)
  );
}

/** Whether the piece matches the text. */
export function accommodates(piece: TextPiece | undefined, text: string): boolean {
  if (piece === undefined || text.length < piece.min || text.length > piece.max) return false;
  return [...text].every((character) => piece.chars.has(character));
}
