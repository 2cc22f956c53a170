/** The command line cannot be understood, or the application, or its store, cannot be reached: exit code 2. The message says what to do. */
export class CliError extends Error {}

/** An error of somebody else's, in a line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Exit codes, for CI. */
export const EXIT = {
  /** As it should be. */
  ok: 0,
  /** Something was found: a mistake in the configuration or a state, a request that would be denied, a place that answers differently. */
  findings: 1,
  /** The command line is wrong, the application cannot be loaded, or a store does not answer. */
  failed: 2,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
