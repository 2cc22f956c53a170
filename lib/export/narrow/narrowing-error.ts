/**
 * Something in a manifest that the ceiling does not permit.
 *
 * @publicApi
 */
export interface CorsNarrowingIssue {
  /** `orders: policies.partners`, service first. */
  readonly where: string;
  /** The option that is wider: a key of the policy; `'path'` where a route cannot be a `paths` entry. */
  readonly option: string;
  readonly message: string;
  /** An origin, header or method that would be permitted. Absent where none can be told. */
  readonly witness?: string;
}

/**
 * A manifest is wider than its ceiling: nothing of it is taken over.
 *
 * @publicApi
 */
export class CorsNarrowingError extends Error {
  override readonly name = 'CorsNarrowingError';

  constructor(
    /** All of them. */
    readonly issues: readonly CorsNarrowingIssue[],
  ) {
    super(
      [
        'A manifest is wider than its ceiling:',
        ...issues.map(({ where, option, message }) => `${where}, ${option}: ${message}`),
      ].join('\n  '),
    );
  }
}
