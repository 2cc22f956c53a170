import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/** The application's controllers. One may be registered in several modules; its policies are the same in each. */
export function controllersOf(modules: ModulesContainer): ReadonlySet<Type> {
  const controllers = new Set<Type>();
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) controllers.add(metatype as Type);
  }
  return controllers;
}
