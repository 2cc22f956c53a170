import { types } from 'node:util';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { coversEverything, isCorsMiddleware } from '../cors-middleware.js';
import { middlewareOf } from './fastify-instance.js';

type Use = (...args: unknown[]) => unknown;

/** Observes `app.use()`: Nest's adapter gives Fastify's middleware engine functions of its own instead. */
export function observeMiddleware(adapter: AbstractHttpAdapter): () => boolean {
  const used: unknown[][] = [];
  const methods = adapter as unknown as { use: Use };
  const use = methods.use.bind(adapter);
  methods.use = (...args) => {
    used.push(args);
    return use(...args);
  };
  return () =>
    [...used, ...(middlewareOf(adapter.getInstance<object>()) ?? [])].some(coversAllWithCors);
}

/** The arguments of `use()`: a path or several, where there are any, and middleware. */
function coversAllWithCors(args: readonly unknown[]): boolean {
  const [first, ...rest] = args;
  const given = [first].flat();
  if (!given.every(isPath)) return args.flat().some(isCorsMiddleware);
  return rest.flat().some(isCorsMiddleware) && given.some(isEverything);
}

function isPath(argument: unknown): argument is string | RegExp {
  return typeof argument === 'string' || types.isRegExp(argument);
}

/** A path stands for all that begins with it. */
function isEverything(path: string | RegExp): boolean {
  return typeof path === 'string' && (path === '' || path === '/' || coversEverything(path));
}
