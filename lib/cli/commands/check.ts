import { ApplicationPolicies } from '../../app/application-policies.js';
import {
  CorsConfigurationError,
  type CorsConfigurationIssue,
  oneLine,
} from '../../config/issues/configuration-error.js';
import { CorsInspector } from '../../inspect/cors-inspector.js';
import { EXIT } from '../cli-error.js';
import { loadApplication } from '../load/load-application.js';
import type { Command, Outcome } from './command.js';
import { noOperands } from './operands.js';

/** `nestjs-cors check`: mistakes are findings, warnings are printed. */
export const check: Command = async (operands, options) => {
  noOperands(operands, 'check');
  try {
    const app = await loadApplication(options);
    const { issues } = app.get(ApplicationPolicies);
    const count = app.get(CorsInspector).routes().length;
    return report([], issues.warnings, `no mistakes in the CORS of ${count} routes`);
  } catch (error) {
    if (error instanceof CorsConfigurationError) return report(error.issues, [], error.message);
    throw error;
  }
};

function report(
  errors: readonly CorsConfigurationIssue[],
  warnings: readonly CorsConfigurationIssue[],
  summary: string,
): Outcome {
  const text = [...warnings.map((warning) => `warning: ${oneLine(warning)}`), summary].join('\n');
  const json = { errors: errors.map(plain), warnings: warnings.map(plain) };
  return { text, json, exitCode: errors.length > 0 ? EXIT.findings : EXIT.ok };
}

/** The value may be anything, and its place and message say all that JSON can. */
export function plain({ code, where, message }: CorsConfigurationIssue): object {
  return { code, where, message };
}
