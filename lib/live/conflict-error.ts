/**
 * Thrown by a publisher where the store has another revision than the writer expected: somebody else published meanwhile. Read
 * the state again, and decide again.
 *
 * @publicApi
 */
export class CorsConflictError extends Error {
  constructor(
    readonly expected: number,
    /** The revision in the store; 0 for none. */
    readonly found: number,
  ) {
    super(`revision ${expected} was expected, and the store has ${found === 0 ? 'none' : found}`);
    this.name = 'CorsConflictError';
  }
}
