import { RequestMethod, type Type, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import {
  HOST_METADATA,
  MODULE_PATH,
  PATH_METADATA,
  VERSION_METADATA,
} from '@nestjs/common/constants.js';
import { type ApplicationConfig, MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { PathsExplorer } from '@nestjs/core/router/paths-explorer.js';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import { handlerToken } from './handler-token.js';
import type { NestRoute } from './nest-route.js';

/** A route that Nest is going to register: what the adapter is told, and what it is not told. */
export interface ExpectedRoute extends Omit<NestRoute, 'policy'> {
  /** As Nest names it, before the adapter normalises it. */
  readonly path: string;
  readonly token: number;
}

const pathsExplorer = new PathsExplorer(new MetadataScanner());

/**
 * Walks modules, controllers and handlers in the order in which Nest registers them, with Nest's own path factory. The
 * adapter is told only a path and a callback; this says which controller they belong to.
 */
export function expectedRoutes(
  modules: ModulesContainer,
  config: ApplicationConfig,
): readonly ExpectedRoute[] {
  const paths = new RoutePathFactory(config);
  const routes: ExpectedRoute[] = [];
  for (const module of modules.values()) {
    const modulePath = modulePathOf(module.metatype, modules.applicationId);
    for (const { metatype } of module.controllers.values()) {
      addRoutesOf(metatype as Type, modulePath, paths, config, routes);
    }
  }
  return routes;
}

type PathMetadata = Parameters<RoutePathFactory['create']>[0];
type Handlers = ReturnType<PathsExplorer['scanForPaths']>;

/** Asked three times while an application starts; forgotten with the last, because decorators may come later. */
const scanned = new WeakMap<Type, Handlers>();

/** The handlers of a controller that are HTTP routes. */
export function routeHandlers(controller: Type): Handlers {
  const prototype = controller.prototype as object;
  const handlers = scanned.get(controller) ?? pathsExplorer.scanForPaths(prototype, prototype);
  scanned.set(controller, handlers);
  return handlers;
}

function addRoutesOf(
  controller: Type,
  modulePath: string | undefined,
  paths: RoutePathFactory,
  config: ApplicationConfig,
  routes: ExpectedRoute[],
): void {
  const versioningOptions = config.getVersioning();
  const host = Reflect.getMetadata(HOST_METADATA, controller) as NestRoute['host'];
  const metadata = {
    ...(modulePath === undefined ? {} : { modulePath }),
    globalPrefix: leadingSlash(config.getGlobalPrefix()),
    controllerVersion: controllerVersion(controller, config),
    versioningOptions,
  } as PathMetadata;
  const handlers = routeHandlers(controller);
  scanned.delete(controller);
  for (const ctrlPath of controllerPaths(controller)) {
    for (const { requestMethod, methodName, targetCallback, version, path } of handlers) {
      const method = RequestMethod[requestMethod] ?? 'ALL';
      const token = handlerToken(targetCallback as object);
      Object.assign(metadata, { ctrlPath, methodVersion: version });
      const headerBound =
        isHeaderBound(paths.getVersion(metadata), versioningOptions) ||
        isConstrained(targetCallback as object);
      for (const methodPath of path) {
        metadata.methodPath = methodPath;
        for (const path of paths.create(metadata, requestMethod)) {
          routes.push({ method, path, controller, methodName, host, headerBound, token });
        }
      }
    }
  }
}

/** Whether the version stands where a preflight cannot carry it: in a header, a media type, or wherever a function looks. */
function isHeaderBound(
  version: unknown,
  versioning: ReturnType<ApplicationConfig['getVersioning']>,
): boolean {
  if (!version || version === VERSION_NEUTRAL || versioning === undefined) return false;
  return versioning.type !== VersioningType.URI;
}

/** `@RouteConstraints()` of Nest's Fastify adapter; a preflight carries the host and nothing else of them. */
function isConstrained(handler: object): boolean {
  const constraints: unknown = Reflect.getOwnMetadata('__fastify_route_constraints__', handler);
  return (
    typeof constraints === 'object' &&
    constraints !== null &&
    Object.keys(constraints).some((name) => name !== 'host')
  );
}

function controllerPaths(controller: Type): readonly string[] {
  const path = Reflect.getMetadata(PATH_METADATA, controller) as string | string[] | undefined;
  return (Array.isArray(path) ? path : [path ?? '/']).map(leadingSlash);
}

function controllerVersion(controller: Type, config: ApplicationConfig): unknown {
  const versioning = config.getVersioning();
  if (versioning === undefined) return undefined;
  return Reflect.getMetadata(VERSION_METADATA, controller) ?? versioning.defaultVersion;
}

function modulePathOf(metatype: object, applicationId: string): string | undefined {
  return (Reflect.getMetadata(MODULE_PATH + applicationId, metatype) ??
    Reflect.getMetadata(MODULE_PATH, metatype)) as string | undefined;
}

function leadingSlash(path: string | undefined): string {
  if (!path) return '';
  return path.startsWith('/') ? path : `/${path}`;
}
