import { VERSION_NEUTRAL } from '@nestjs/common';
import type { NestRoute } from '../../routes/nest-route.js';
import type { CorsManifestGateway, CorsManifestRegExp } from '../manifest/manifest.js';

/** The hosts of a controller; `undefined` where it serves all. */
export function describeHosts(
  host: NestRoute['host'],
): readonly (string | CorsManifestRegExp)[] | undefined {
  if (host === undefined) return undefined;
  const hosts = [host].flat() as readonly (string | RegExp)[];
  return hosts.length === 0 ? undefined : hosts.map(describe);
}

/** The versions of a route; `undefined` where it has none. */
export function describeVersions(version: unknown): readonly string[] | undefined {
  if (version === undefined || version === null) return undefined;
  return [version].flat().map((one) => (one === VERSION_NEUTRAL ? 'neutral' : String(one)));
}

/** The namespace of a gateway. */
export function describeNamespace(namespace: unknown): CorsManifestGateway['namespace'] {
  if (namespace === undefined || namespace === null) return null;
  if (typeof namespace === 'string' || namespace instanceof RegExp) return describe(namespace);
  return `[${typeof namespace}]`;
}

function describe(text: string | RegExp): string | CorsManifestRegExp {
  return typeof text === 'string' ? text : { regexp: text.source, flags: text.flags };
}
