import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';

/** A method of a class. */
export interface ClassMethod {
  readonly methodName: string;
  readonly method: object;
}

const scanner = new MetadataScanner();

/** The methods of a class, inherited ones among them, as Nest finds them. */
export function methodsOf(type: Type): readonly ClassMethod[] {
  if (typeof type.prototype !== 'object' || type.prototype === null) return [];
  const prototype = type.prototype as Record<string, object>;
  return scanner
    .getAllMethodNames(prototype)
    .map((methodName) => ({ methodName, method: prototype[methodName] as object }));
}

/** The function carries the path of a route: a handler, or a callback that Nest made from one. */
export function isRouteHandler(callback: object): boolean {
  return Reflect.hasMetadata(PATH_METADATA, callback);
}
