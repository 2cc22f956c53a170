import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';

/** A method of a controller that is an HTTP route. */
export interface ControllerHandler {
  readonly controller: Type;
  readonly methodName: string;
  readonly handler: object;
}

const scanner = new MetadataScanner();

/** The handlers of a controller, inherited ones among them, as Nest finds them. */
export function handlersOf(controller: Type): readonly ControllerHandler[] {
  const prototype = controller.prototype as Record<string, object>;
  const handlers: ControllerHandler[] = [];
  for (const methodName of scanner.getAllMethodNames(prototype)) {
    const handler = prototype[methodName];
    if (handler !== undefined && isRouteHandler(handler))
      handlers.push({ controller, methodName, handler });
  }
  return handlers;
}

/** Whether a function carries the path of a route: a handler, or a callback that Nest made from one. */
export function isRouteHandler(callback: object): boolean {
  return Reflect.getMetadata(PATH_METADATA, callback) !== undefined;
}
