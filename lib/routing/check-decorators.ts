import type { Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import type { IssueCollector } from '../policy/issue-collector.js';
import { ownDeclarations } from './cors-metadata.js';

const scanner = new MetadataScanner();

/** Nest's mark of a `@WebSocketGateway()` class. */
const GATEWAY = 'websockets:is_gateway';

/** Reports CORS decorators on a controller's methods that are no HTTP routes. */
export function checkMethods(
  controller: Type,
  isRoute: (methodName: string) => boolean,
  issues: IssueCollector,
): void {
  for (const name of decoratedMethods(controller, isRoute)) {
    issues.error(
      'decorator-without-effect',
      `${controller.name}.${name}`,
      'no HTTP route leads to this method, so its CORS decorator would have no effect; remove it, or add @Get() or the like',
    );
  }
}

/** Reports CORS decorators on providers: services, resolvers, guards, gateways' methods. */
export function checkProviders(modules: ModulesContainer, issues: IssueCollector): void {
  for (const provider of classesOf(modules)) {
    const onClass = ownDeclarations(provider).length > 0 && !Reflect.hasMetadata(GATEWAY, provider);
    const places = decoratedMethods(provider).map((name) => `${provider.name}.${name}`);
    for (const where of onClass ? [provider.name, ...places] : places) {
      issues.error(
        'decorator-without-effect',
        where,
        'CORS decorators hold on controllers and their handlers; for GraphQL, proxied or raw routes name the path in `paths` instead',
      );
    }
  }
}

const NONE = (): boolean => false;

function decoratedMethods(
  { prototype }: Type,
  isExempt: (name: string) => boolean = NONE,
): readonly string[] {
  if (typeof prototype !== 'object' || prototype === null) return [];
  const methods = prototype as Record<string, unknown>;
  return scanner.getAllMethodNames(prototype as object).filter((name) => {
    if (isExempt(name)) return false;
    const method = methods[name];
    return typeof method === 'function' && ownDeclarations(method).length > 0;
  });
}

function classesOf(modules: ModulesContainer): ReadonlySet<Type> {
  const classes = new Set<Type>();
  for (const module of modules.values()) {
    for (const { metatype, inject } of module.providers.values()) {
      if (typeof metatype === 'function' && !inject) classes.add(metatype as Type);
    }
  }
  return classes;
}
