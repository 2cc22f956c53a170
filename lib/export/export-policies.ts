import type { CorsManifest } from '../inspect/manifest/manifest.js';
import type { Engine } from './edge/engine.js';
import { readEdgeTable } from './edge/edge-table.js';
import { CorsExportError, type CorsExportLoss, Losses } from './edge/losses.js';
import { caddyFiles } from './caddy/files.js';
import { haproxyFiles } from './haproxy/files.js';
import { nginxFiles } from './nginx/files.js';

const ENGINES = {
  nginx: nginxFiles,
  haproxy: haproxyFiles,
  caddy: caddyFiles,
} as const satisfies Record<string, Engine>;

/**
 * An engine that policies can be exported to.
 *
 * @publicApi
 */
export type CorsExportTarget = keyof typeof ENGINES;

/** The names of all of them. */
export const EXPORT_TARGETS = Object.keys(ENGINES) as readonly CorsExportTarget[];

/**
 * How to export.
 *
 * @publicApi
 */
export interface CorsExportOptions {
  readonly target: CorsExportTarget;
  /** Where the engine listens; default `127.0.0.1:8080`. */
  readonly listen?: string;
  /** The application behind it; default `127.0.0.1:3000`. */
  readonly upstream?: string;
  /** Codes of losses through which somebody is permitted more, and that are accepted all the same. */
  readonly accept?: readonly string[];
}

/**
 * The configuration of an engine.
 *
 * @publicApi
 */
export interface CorsExport {
  /** The file to start the engine with. */
  readonly main: string;
  /** Texts by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** What the engine says otherwise than the application. */
  readonly losses: readonly CorsExportLoss[];
}

/**
 * Compiles the policies of an application to an engine that stands in front of it. The same manifest always gives the same
 * text.
 *
 * @throws CorsExportError where something cannot be said, or would be wider without being accepted
 *
 * @publicApi
 */
export function exportPolicies(
  manifest: CorsManifest,
  {
    target,
    listen = '127.0.0.1:8080',
    upstream = '127.0.0.1:3000',
    accept = [],
  }: CorsExportOptions,
): CorsExport {
  const losses = new Losses();
  const engine = Object.hasOwn(ENGINES, target) ? ENGINES[target] : undefined;
  if (engine === undefined)
    throw new CorsExportError([
      {
        code: 'target',
        where: 'target',
        message: `${JSON.stringify(target)} is none of ${EXPORT_TARGETS.join(', ')}`,
        effect: 'refused',
      },
    ]);
  const table = readEdgeTable(manifest, losses);
  const files = engine(table, { listen, upstream }, losses);
  return { ...files, losses: losses.settle(accept) };
}
