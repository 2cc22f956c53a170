import { MAX_ORIGIN_LENGTH } from '../../../protocol/origin/grammar.js';
import { charSetOf, type CharSet } from './charset.js';
import {
  UnsupportedRegExp,
  type ParsedRegExp,
  type RegExpAlternative,
  type RegExpNode,
} from './parser.js';

/** One character set, `min` to `max` times. */
export interface TextPiece {
  readonly kind: 'text';
  readonly chars: CharSet;
  readonly min: number;
  readonly max: number;
  /** Written as `.`. */
  readonly dot: boolean;
}

export type Piece = { readonly kind: 'start' } | { readonly kind: 'end' } | TextPiece;

/** One way through the expression, without groups or alternatives. The language is the union of all variants. */
export type Variant = readonly Piece[];

export interface Expansion {
  readonly variants: readonly Variant[];
  /** Whether a group repeats without bound; the variants then show {@link DEMONSTRATED_ROUNDS} rounds of it. */
  readonly repeatsGroup: boolean;
}

/** Thrown, and caught by the audit, when there are too many variants to look at each. */
export class TooManyVariants extends Error {}

export const MAX_VARIANTS = 1024;
const MAX_LITERAL_REPEAT = 4;
const MAX_GROUP_REPEAT = 64;
const DEMONSTRATED_ROUNDS = 24;

/** @throws TooManyVariants */
export function expandRegExp(parsed: ParsedRegExp, flags: string): Expansion {
  return new Expander(flags).expand(parsed);
}

class Expander {
  private repeatsGroup = false;
  private readonly sets = new Map<string, CharSet>();

  constructor(private readonly flags: string) {}

  expand({ alternatives }: ParsedRegExp): Expansion {
    const variants = this.alternatives(alternatives);
    return { variants, repeatsGroup: this.repeatsGroup };
  }

  private alternatives(alternatives: readonly RegExpAlternative[]): readonly Variant[] {
    const variants: Variant[] = [];
    for (const alternative of alternatives) {
      variants.push(...concatenate(alternative.map((node) => this.node(node))));
      if (variants.length > MAX_VARIANTS) throw new TooManyVariants();
    }
    return variants;
  }

  private node(node: RegExpNode): readonly Variant[] {
    switch (node.kind) {
      case 'atom':
        return [[this.text(node.source)]];
      case 'assertion':
        return [[]];
      case 'group':
        return this.alternatives(node.alternatives);
      case 'repeat':
        return this.repeat(node.node, node.min, node.max);
      default:
        return [[{ kind: node.kind }]];
    }
  }

  private text(source: string): TextPiece {
    const chars = this.sets.get(source) ?? charSetOf(source, this.flags);
    this.sets.set(source, chars);
    return { kind: 'text', chars, min: 1, max: 1, dot: source === '.' };
  }

  private repeat(node: RegExpNode, min: number, max: number): readonly Variant[] {
    if (node.kind === 'assertion') return [[]];
    if (node.kind === 'atom') {
      const piece = this.text(node.source);
      if (min > MAX_ORIGIN_LENGTH)
        throw new UnsupportedRegExp('more repetitions than an origin is long');
      // Literals are spelt out, so that what is optional or repeated among them still reads as text.
      if (piece.chars.size !== 1 || max > MAX_LITERAL_REPEAT) return [[{ ...piece, min, max }]];
      return rounds([[piece]], min, max);
    }
    const round = this.node(node);
    if (max !== Infinity) return rounds(round, min, max);
    this.repeatsGroup = true;
    const many = rounds(round.slice(0, 1), DEMONSTRATED_ROUNDS, DEMONSTRATED_ROUNDS);
    return [...rounds(round, min, min), ...many];
  }
}

function rounds(round: readonly Variant[], min: number, max: number): readonly Variant[] {
  if (max > MAX_GROUP_REPEAT) throw new TooManyVariants();
  const variants: Variant[] = [];
  for (let count = min; count <= max; count += 1) {
    variants.push(...concatenate(Array.from({ length: count }, () => round)));
    if (variants.length > MAX_VARIANTS) throw new TooManyVariants();
  }
  return variants;
}

function concatenate(parts: readonly (readonly Variant[])[]): readonly Variant[] {
  let variants: readonly Variant[] = [[]];
  for (const part of parts) {
    if (variants.length * part.length > MAX_VARIANTS) throw new TooManyVariants();
    variants = variants.flatMap((head) => part.map((tail) => [...head, ...tail]));
    if (variants.some((variant) => variant.length > 2 * MAX_ORIGIN_LENGTH))
      throw new TooManyVariants();
  }
  return variants;
}
