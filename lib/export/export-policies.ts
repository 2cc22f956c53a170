import type { CorsManifest } from '../inspect/manifest/manifest.js';
import type { EdgeAddresses, Engine } from './edge/engine.js';
import { readEdgeTable } from './edge/edge-table.js';
import { CorsExportError, type CorsExportLoss, Losses } from './edge/losses.js';
import { caddyFiles } from './caddy/files.js';
import { gatewayApiFiles } from './gateway-api/files.js';
import { haproxyFiles } from './haproxy/files.js';
import { nginxFiles } from './nginx/files.js';

/** An engine, and the addresses that its files have where none are given. */
interface Target {
  readonly compile: Engine;
  readonly addresses: EdgeAddresses;
}

const LOCAL: EdgeAddresses = { listen: '127.0.0.1:8080', upstream: '127.0.0.1:3000' };

const TARGETS: Readonly<Record<CorsExportTarget, Target>> = {
  nginx: { compile: nginxFiles, addresses: LOCAL },
  haproxy: { compile: haproxyFiles, addresses: LOCAL },
  caddy: { compile: caddyFiles, addresses: LOCAL },
  'gateway-api': {
    compile: gatewayApiFiles,
    addresses: { listen: 'gateway', upstream: 'application:3000' },
  },
};

/**
 * An engine that policies can be exported to.
 *
 * @publicApi
 */
export type CorsExportTarget = 'nginx' | 'haproxy' | 'caddy' | 'gateway-api';

/** The names of all of them. */
export const EXPORT_TARGETS = Object.keys(TARGETS) as readonly CorsExportTarget[];

/**
 * How to export.
 *
 * @publicApi
 */
export interface CorsExportOptions {
  readonly target: CorsExportTarget;
  /** Where the engine listens; default `127.0.0.1:8080`. For `gateway-api` the name of the Gateway; default `gateway`. */
  readonly listen?: string;
  /** The application behind it; default `127.0.0.1:3000`. For `gateway-api` a Service and its port; default `application:3000`. */
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
  /** Everything that the engine says otherwise than the application. */
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
  { target, listen, upstream, accept = [] }: CorsExportOptions,
): CorsExport {
  const losses = new Losses();
  const { compile, addresses } = targetOf(target);
  const table = readEdgeTable(manifest, losses);
  const files = compile(
    table,
    { listen: listen ?? addresses.listen, upstream: upstream ?? addresses.upstream },
    losses,
  );
  return { ...files, losses: losses.settle(accept) };
}

function targetOf(target: CorsExportTarget): Target {
  if (Object.hasOwn(TARGETS, target)) return TARGETS[target];
  throw new CorsExportError([
    {
      code: 'target',
      where: 'target',
      message: `${JSON.stringify(target)} is none of ${EXPORT_TARGETS.join(', ')}`,
      effect: 'refused',
    },
  ]);
}
