import { RequestMethod, type Type } from '@nestjs/common';
import { MODULE_PATH, PATH_METADATA } from '@nestjs/common/constants.js';
import { type ApplicationConfig, MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { PathsExplorer } from '@nestjs/core/router/paths-explorer.js';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import { handlerToken } from './handler-token.js';
import type { NestRoute } from './nest-route.js';
import { controllerVersion } from './route-bounds.js';

/** A route that Nest is going to register; `path` is as Nest names it, before the adapter normalises it. */
export interface ExpectedRoute extends Pick<
  NestRoute,
  'method' | 'path' | 'controller' | 'methodName'
> {
  readonly token: number;
}

const pathsExplorer = new PathsExplorer(new MetadataScanner());

/**
 * Walks modules, controllers and handlers in the order in which Nest registers them, with Nest's own path factory: takes
 * about as long as registering them.
 *
 * @param only the controllers to look at
 */
export function expectedRoutes(
  modules: ModulesContainer,
  config: ApplicationConfig,
  only: ReadonlySet<Type>,
): readonly ExpectedRoute[] {
  const routes: ExpectedRoute[] = [];
  if (only.size === 0) return routes;
  const paths = new RoutePathFactory(config);
  for (const module of modules.values()) {
    const modulePath = modulePathOf(module.metatype, modules.applicationId);
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type;
      if (only.has(controller)) addRoutesOf(controller, modulePath, paths, config, routes);
    }
  }
  return routes;
}

type PathMetadata = Parameters<RoutePathFactory['create']>[0];

function addRoutesOf(
  controller: Type,
  modulePath: string | undefined,
  paths: RoutePathFactory,
  config: ApplicationConfig,
  routes: ExpectedRoute[],
): void {
  const prototype = controller.prototype as object;
  const metadata = {
    ...(modulePath === undefined ? {} : { modulePath }),
    globalPrefix: leadingSlash(config.getGlobalPrefix()),
    controllerVersion: controllerVersion(controller, config),
    versioningOptions: config.getVersioning(),
  } as PathMetadata;
  const handlers = pathsExplorer.scanForPaths(prototype, prototype);
  for (const ctrlPath of controllerPaths(controller)) {
    for (const { requestMethod, methodName, targetCallback, version, path } of handlers) {
      const token = handlerToken(targetCallback as object);
      const method = RequestMethod[requestMethod] ?? 'ALL';
      Object.assign(metadata, { ctrlPath, methodVersion: version });
      for (const methodPath of path) {
        metadata.methodPath = methodPath;
        for (const path of paths.create(metadata, requestMethod)) {
          routes.push({ method, path, controller, methodName, token });
        }
      }
    }
  }
}

function controllerPaths(controller: Type): readonly string[] {
  const path = Reflect.getMetadata(PATH_METADATA, controller) as string | string[] | undefined;
  return (Array.isArray(path) ? path : [path ?? '/']).map(leadingSlash);
}

function modulePathOf(metatype: object, applicationId: string): string | undefined {
  return (Reflect.getMetadata(MODULE_PATH + applicationId, metatype) ??
    Reflect.getMetadata(MODULE_PATH, metatype)) as string | undefined;
}

function leadingSlash(path: string | undefined): string {
  if (!path) return '';
  return path.startsWith('/') ? path : `/${path}`;
}
