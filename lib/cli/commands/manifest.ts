import { CorsInspector } from '../../inspect/cors-inspector.js';
import { EXIT } from '../cli-error.js';
import { loadApplication } from '../load/load-application.js';
import type { Command } from './command.js';
import { noOperands } from './operands.js';

/** `nestjs-cors manifest`: JSON with or without `--json`. */
export const manifest: Command = async (operands, options) => {
  noOperands(operands, 'manifest');
  const { service } = options;
  const app = await loadApplication(options);
  const json = app.get(CorsInspector).manifest(service === undefined ? {} : { service });
  return { text: JSON.stringify(json, undefined, 2), json, exitCode: EXIT.ok };
};
