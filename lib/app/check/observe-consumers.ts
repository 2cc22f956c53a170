import { type MiddlewareConsumer, type NestModule, RequestMethod } from '@nestjs/common';
import type { AbstractHttpAdapter, ModulesContainer } from '@nestjs/core';
import { coversEverything, isCorsMiddleware } from '../../platform/cors-middleware.js';

type ConfigProxy = ReturnType<MiddlewareConsumer['apply']>;

/**
 * Observes `consumer.apply(cors()).forRoutes('*')`: Nest registers a function of its own for it, which nobody can tell from
 * another. Modules exist when the adapter is initialised, and are configured right after.
 * @returns the places, complete once the application is initialised
 */
export function observeConsumers(
  adapter: AbstractHttpAdapter,
  modules: ModulesContainer,
): readonly string[] {
  const places: string[] = [];
  const init = adapter.init?.bind(adapter);
  adapter.init = async () => {
    for (const { instance, name } of modules.values())
      observeModule(instance as Partial<NestModule>, () => places.push(`${name}.configure()`));
    await init?.();
  };
  return places;
}

function observeModule(module: Partial<NestModule>, found: () => void): void {
  const configure = module.configure?.bind(module);
  if (configure === undefined) return;
  module.configure = (consumer) => {
    observeConsumer(consumer, found);
    return configure(consumer);
  };
}

function observeConsumer(consumer: MiddlewareConsumer, found: () => void): void {
  const apply = consumer.apply.bind(consumer);
  consumer.apply = (...middleware) => {
    const proxy = apply(...middleware);
    if (middleware.flat().some(isCorsMiddleware)) observeRoutes(proxy, found);
    return proxy;
  };
}

/** Whoever excludes a path has not meant the whole application. */
function observeRoutes(proxy: ConfigProxy, found: () => void): void {
  const { exclude, forRoutes } = proxy;
  let excludes = false;
  proxy.exclude = (...routes) => {
    excludes ||= routes.length > 0;
    return exclude.apply(proxy, routes);
  };
  proxy.forRoutes = (...routes) => {
    if (!excludes && routes.flat().some(isEverything)) found();
    return forRoutes.apply(proxy, routes);
  };
}

/** `'*'`, or the same as a route without a method; a controller is never everything. */
function isEverything(route: unknown): boolean {
  if (typeof route === 'string') return coversEverything(route);
  const { path, method } = route as { path?: unknown; method?: unknown };
  return (
    typeof path === 'string' &&
    coversEverything(path) &&
    (method ?? RequestMethod.ALL) === RequestMethod.ALL
  );
}
