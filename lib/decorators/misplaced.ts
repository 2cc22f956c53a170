import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { methodsOf } from './class-methods.js';
import { isDecorated, lostDecorations } from './metadata.js';

/** Nest's mark of a `@WebSocketGateway()` class. */
const GATEWAY = 'websockets:is_gateway';

/** Reports a CORS decorator on a controller's method that is no HTTP route. */
export function reportMethod(controller: Type, methodName: string, issues: IssueCollector): void {
  issues.add(
    'decorator-without-effect',
    `${controller.name}.${methodName}`,
    'no HTTP route leads to this method, so its CORS decorator would have no effect; remove it, or add @Get() or the like',
  );
}

/** Reports CORS decorators whose function another decorator has replaced, on a class or its superclasses. */
export function reportLost(type: Type, issues: IssueCollector): void {
  for (
    let prototype = type.prototype as object | null;
    prototype !== null && prototype !== undefined && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    for (const methodName of lostDecorations(prototype)) {
      issues.add(
        'decorator-without-effect',
        `${type.name}.${methodName}`,
        'a decorator above it replaces the method with a function that does not carry its metadata, so that its CORS decorator is lost; put the CORS decorator first, above the other one',
      );
    }
  }
}

/** Reports CORS decorators on providers and enhancers: services, resolvers, guards, gateways' methods. */
export function checkProviders(modules: ModulesContainer, issues: IssueCollector): void {
  for (const provider of classesOf(modules)) {
    const onClass = isDecorated(provider) && !Reflect.hasMetadata(GATEWAY, provider);
    const places = decoratedMethods(provider).map((name) => `${provider.name}.${name}`);
    for (const where of onClass ? [provider.name, ...places] : places) {
      issues.add(
        'decorator-without-effect',
        where,
        'CORS decorators hold on controllers and their handlers; for GraphQL, proxied or raw routes name the path in `paths` instead',
      );
    }
  }
}

function decoratedMethods(provider: Type): readonly string[] {
  return methodsOf(provider)
    .filter(({ method }) => isDecorated(method))
    .map(({ methodName }) => methodName);
}

function classesOf(modules: ModulesContainer): ReadonlySet<Type> {
  const classes = new Set<Type>();
  for (const module of modules.values()) {
    for (const { metatype, inject } of [
      ...module.providers.values(),
      ...module.injectables.values(),
    ]) {
      if (typeof metatype === 'function' && !inject) classes.add(metatype as Type);
    }
  }
  return classes;
}
