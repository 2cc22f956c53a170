import { CorsInspector } from '../../inspect/cors-inspector.js';
import { EXIT } from '../cli-error.js';
import { loadApplication } from '../load/load-application.js';
import type { Command } from './command.js';
import { noOperands } from './operands.js';

/** `nestjs-cors routes` */
export const routes: Command = async (operands, options) => {
  noOperands(operands, 'routes');
  const inspector = (await loadApplication(options)).get(CorsInspector);
  return { text: inspector.table(), json: inspector.routes(), exitCode: EXIT.ok };
};
