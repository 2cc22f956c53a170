/**
 * Thrown at start-up where the source of live policies does not answer, nor is there a file that stands in for it.
 *
 * @publicApi
 */
export class CorsSourceError extends Error {
  constructor(
    /** The name of the source. */
    readonly source: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CorsSourceError';
  }
}
