import { MAX_ORIGIN_LENGTH } from '../../../protocol/origin/grammar.js';
import { areDisjoint, type CharSet } from './charset.js';
import type { TextPiece, Variant } from './variants.js';

/** Two quadratic variants over the longest origin: below a millisecond. */
export const MAX_COST = 2 * MAX_ORIGIN_LENGTH ** 2;

/** An upper bound of the steps that a backtracking engine takes for the longest origin. */
export function matchingCost(variants: readonly Variant[]): number {
  return variants.reduce((sum, variant) => sum + variantCost(variant), 0);
}

/**
 * Where a piece of variable length ends is settled by the next fixed piece that it cannot itself match. Pieces before
 * such a separator form a chain, and all but one of them are free to end anywhere.
 */
function variantCost(variant: Variant): number {
  let cost = MAX_ORIGIN_LENGTH;
  let chain: TextPiece[] = [];
  for (const piece of variant) {
    if (piece.kind !== 'text') continue;
    if (piece.min !== piece.max) chain.push(piece);
    else if (piece.max > 0 && separates(piece.chars, chain)) {
      cost *= freedom(chain);
      chain = [];
    }
  }
  return cost * freedom(chain);
}

function separates(chars: CharSet, chain: readonly TextPiece[]): boolean {
  return chain.every((piece) => areDisjoint(piece.chars, chars));
}

function freedom(chain: readonly TextPiece[]): number {
  const choices = chain.map(({ min, max }) => Math.min(max - min + 1, MAX_ORIGIN_LENGTH));
  return choices.reduce((product, count) => product * count, 1) / Math.max(1, ...choices);
}
