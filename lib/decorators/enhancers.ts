import type { Type } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
} from '@nestjs/common/constants.js';
import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { methodsOf } from './class-methods.js';
import { metadataOf } from './metadata.js';

const ENHANCERS = [
  GUARDS_METADATA,
  PIPES_METADATA,
  INTERCEPTORS_METADATA,
  EXCEPTION_FILTERS_METADATA,
];

/** Classes of guards, pipes, interceptors and filters that a controller or its methods are given ready-made. */
export function readyMadeEnhancers(controller: Type): readonly Type[] {
  const holders = [controller, ...methodsOf(controller).map(({ method }) => method)];
  return holders.flatMap((holder) =>
    ENHANCERS.flatMap((key) => {
      const used = metadataOf(key, holder);
      return Array.isArray(used) ? used.flatMap((enhancer) => classOf(enhancer)) : [];
    }),
  );
}

/** Classes of what `app.useGlobalGuards()` and the like were given. */
export function globalEnhancers(config: ApplicationConfig): readonly Type[] {
  const used = [
    config.getGlobalGuards(),
    config.getGlobalPipes(),
    config.getGlobalInterceptors(),
    config.getGlobalFilters(),
  ];
  return used.flat().flatMap((enhancer) => classOf(enhancer));
}

/** Classes that providers made, and those of middleware: known once the application is. */
export function madeClasses(modules: ModulesContainer): readonly Type[] {
  return [...modules.values()].flatMap(({ providers, middlewares }) => [
    ...[...providers.values()].flatMap(({ instance }) => classOf(instance)),
    ...[...middlewares.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function' ? [metatype as Type] : [],
    ),
  ]);
}

/** The class of an instance; none of a plain value, a function or what does not say. */
function classOf(value: unknown): readonly Type[] {
  if (typeof value !== 'object' || value === null) return [];
  try {
    const prototype = Object.getPrototypeOf(value) as { constructor?: unknown } | null;
    const type = prototype?.constructor;
    return typeof type === 'function' ? [type as Type] : [];
  } catch {
    return []; // a proxy that throws
  }
}
