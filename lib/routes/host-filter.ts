import { Logger } from '@nestjs/common';
import { RouterExplorer } from '@nestjs/core/router/router-explorer.js';
import type { NestRoute } from './nest-route.js';

/** A controller bound to hosts serves a hostname. */
export type HostFilter = (hostname: string) => boolean;

type NestHostFilter = (
  request: { hostname: string },
  response: undefined,
  next: () => boolean,
) => boolean;

interface ExplorerParts {
  applyHostFilter(host: unknown, handler: () => boolean): NestHostFilter;
}

/**
 * Nest's own host filter, asked instead of run: it is built around a handler that says yes and a `next()` that says no, so
 * that it agrees with Nest on every pattern that Nest accepts.
 */
export function hostFilter(host: NestRoute['host']): HostFilter | undefined {
  if (host === undefined) return undefined;
  const explorer = {
    container: {
      getHttpAdapterRef: () => ({
        getRequestHostname: (request: { hostname: string }) => request.hostname,
      }),
    },
    logger: new Logger('CorsModule'),
  };
  const prototype = RouterExplorer.prototype as unknown as ExplorerParts;
  const filter = prototype.applyHostFilter.call(explorer, host, () => true);
  return (hostname) => filter({ hostname }, undefined, () => false);
}
