import type { CliOptions } from '../arguments.js';
import type { ExitCode } from '../cli-error.js';

/** The outcome of a command: text for people, a value for `--json`, an exit code for CI. */
export interface Outcome {
  readonly text: string;
  readonly json: unknown;
  readonly exitCode: ExitCode;
}

/** A command of the CLI. */
export type Command = (operands: readonly string[], options: CliOptions) => Promise<Outcome>;
