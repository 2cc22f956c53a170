import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';

/** A method of a class. */
export interface ClassMethod {
  readonly methodName: string;
  readonly method: object;
}

/**
 * By prototype, weakly. Nest's scanner keeps each one that it has seen, and Nest makes classes for every module (`ModuleRef`), which lead
 * to the whole application: one scanner for all of them would keep applications that are closed.
 */
const found = new WeakMap<object, readonly string[]>();

/** The methods of a class, inherited ones among them, as Nest finds them. */
export function methodsOf(type: Type): readonly ClassMethod[] {
  if (typeof type.prototype !== 'object' || type.prototype === null) return [];
  const prototype = type.prototype as Record<string, object>;
  return methodNames(prototype).map((methodName) => ({
    methodName,
    method: prototype[methodName] as object,
  }));
}

function methodNames(prototype: object): readonly string[] {
  const known = found.get(prototype);
  if (known !== undefined) return known;
  const names = new MetadataScanner().getAllMethodNames(prototype);
  found.set(prototype, names);
  return names;
}

/** The function carries the path of a route: a handler, or a callback that Nest made from one. */
export function isRouteHandler(callback: object): boolean {
  return Reflect.hasMetadata(PATH_METADATA, callback);
}
