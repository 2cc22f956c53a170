import { CorsConfigurationError } from '../config/issues/configuration-error.js';
import { readCommandLine, USAGE } from './arguments.js';
import { CliError, EXIT, messageOf } from './cli-error.js';
import { check, plain } from './commands/check.js';
import type { Command, Outcome } from './commands/command.js';
import { diff } from './commands/diff.js';
import { explain } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { live } from './commands/live.js';
import { manifest } from './commands/manifest.js';
import { publish } from './commands/publish.js';
import { routes } from './commands/routes.js';

const COMMANDS: Readonly<Record<string, Command>> = {
  routes,
  explain,
  check,
  manifest,
  diff,
  export: exportCommand,
  publish,
  live,
};

/** Runs a command line. Never rejects: whatever goes wrong is an outcome with a code. */
export async function run(
  args: readonly string[],
): Promise<Outcome & { readonly asJson: boolean }> {
  const asJson = args.includes('--json');
  try {
    return { ...(await perform(args)), asJson };
  } catch (error) {
    return { ...failureOf(error), asJson };
  }
}

async function perform(args: readonly string[]): Promise<Outcome> {
  const { command, operands, options } = readCommandLine(args);
  if (options.help) return { text: USAGE, json: { usage: USAGE }, exitCode: EXIT.ok };
  const known =
    command !== undefined && Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (known === undefined)
    throw new CliError(
      command === undefined ? USAGE : `${JSON.stringify(command)} is no command\n\n${USAGE}`,
    );
  return known(operands, options);
}

/** A configuration that the application would not start with is a finding, whatever was asked. */
function failureOf(error: unknown): Outcome {
  if (error instanceof CorsConfigurationError) {
    const json = { errors: error.issues.map(plain), warnings: [] };
    return { text: error.message, json, exitCode: EXIT.findings };
  }
  const text = error instanceof CliError ? error.message : messageOf(error);
  return { text, json: { error: text }, exitCode: EXIT.failed };
}
