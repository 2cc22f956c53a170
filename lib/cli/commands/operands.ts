import { CliError } from '../cli-error.js';

/** @throws CliError for an operand where a command takes none */
export function noOperands(operands: readonly string[], command: string): void {
  if (operands.length === 0) return;
  throw new CliError(
    `nestjs-cors ${command} takes no ${JSON.stringify(operands[0])}; the root module is --module <file>`,
  );
}
