/** Thrown where a question about languages takes more than it may. */
export class TooComplex extends Error {}

/**
 * The work that all questions about one expression may take together, counted in terms made and steps joined, so that the
 * answer is the same on every machine. A realistic expression takes a few thousand.
 */
export const MAX_WORK = 40_000;

/** The answer, or `undefined` where it would take more. */
export function unlessTooComplex<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof TooComplex) return undefined;
    throw error;
  }
}
