import type { Type } from '@nestjs/common';
import { CONTROLLER_WATERMARK } from '@nestjs/common/constants.js';
import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { methodsOf } from './class-methods.js';
import { globalEnhancers, madeClasses, readyMadeEnhancers } from './enhancers.js';
import { reportLost } from './lost.js';
import { isDecorated, isDecoratedMethod } from './metadata.js';
import { controllersOf } from './controllers.js';

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

/** Reports CORS decorators on what Nest was given as classes: services, resolvers, guards, pipes, gateways' methods. */
export function checkProviders(modules: ModulesContainer, issues: IssueCollector): void {
  const controllers = controllersOf(modules);
  const given = [...modules.values()].flatMap(({ providers, injectables }) =>
    [...providers.values(), ...injectables.values()].flatMap(({ metatype, inject }) =>
      typeof metatype === 'function' && !inject ? [metatype as Type] : [],
    ),
  );
  const readyMade = [...controllers].flatMap((controller) => readyMadeEnhancers(controller));
  const others = without(controllers, [...given, ...readyMade]);
  reportDecorated(others, issues);
  reportLost(others, issues);
}

/** The same of classes that are known once the application is made: global enhancers, middleware, what factories made. */
export function checkMade(
  modules: ModulesContainer,
  config: ApplicationConfig,
  issues: IssueCollector,
): void {
  const made = [...globalEnhancers(config), ...madeClasses(modules)].filter(
    (type) => !Reflect.hasMetadata(CONTROLLER_WATERMARK, type), // a controller of another application, perhaps
  );
  reportDecorated(without(controllersOf(modules), made), issues);
}

function reportDecorated(classes: ReadonlySet<Type>, issues: IssueCollector): void {
  for (const type of classes) {
    const onClass = isDecorated(type) && !Reflect.hasMetadata(GATEWAY, type);
    const places = decoratedMethods(type).map((name) => `${type.name}.${name}`);
    for (const where of onClass ? [type.name, ...places] : places) {
      issues.add(
        'decorator-without-effect',
        where,
        'no controller and none of its handlers, so its CORS decorator would have no effect; move it to the controllers or handlers that it is meant for; for GraphQL, proxied or raw routes name the path in `paths` instead',
      );
    }
  }
}

function decoratedMethods(type: Type): readonly string[] {
  return methodsOf(type)
    .filter(({ method }) => isDecoratedMethod(method))
    .map(({ methodName }) => methodName);
}

/** A controller that is injected as a provider, too, is a controller. */
function without(controllers: ReadonlySet<Type>, classes: readonly Type[]): ReadonlySet<Type> {
  return new Set(classes.filter((type) => !controllers.has(type)));
}
