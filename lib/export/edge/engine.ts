import type { EdgeTable } from './edge-table.js';
import type { Losses } from './losses.js';

/** Where an engine listens and passes requests on: `127.0.0.1:8080`. */
export interface EdgeAddresses {
  readonly listen: string;
  readonly upstream: string;
}

/** Files by name; `main` is the one to start. */
export interface EngineFiles {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Compiles a table for an engine; what that cannot say is a loss. */
export type Engine = (table: EdgeTable, addresses: EdgeAddresses, losses: Losses) => EngineFiles;

/** The first line of an engine's file: the manifest that it was made from. */
export function headOf({ digest, service }: EdgeTable): string {
  const name = service === null ? '' : ` for ${JSON.stringify(service)}`;
  return `# Made by nestjs-cors${name} from the manifest ${digest}. Make it anew instead of changing it.`;
}
