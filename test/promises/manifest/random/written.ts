import type { PlatformName } from '../../../support/platforms.js';
import type { Configuration } from './configuration.js';

/** Fastify's wildcards have no names. */
export function written(configuration: Configuration, platform: PlatformName): Configuration {
  if (platform === 'express') return configuration;
  const routes = configuration.routes.map((route) => ({
    ...route,
    path: route.path.replace('*rest', '*'),
  }));
  return { ...configuration, routes };
}
