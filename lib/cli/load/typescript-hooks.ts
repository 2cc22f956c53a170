import type { LoadHook, ResolveHook } from 'node:module';
import { candidatesFor, compiled } from './compiled-files.js';
import { findTranspiler, type Transpile } from './typescript.js';

/** Hooks of Node for `import`, which run in a thread of their own: for Node 20, which has no others. */
let transpile: Transpile | undefined;

export function initialize(near: string): void {
  transpile = findTranspiler(near);
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    for (const candidate of candidatesFor(specifier)) {
      try {
        return await next(candidate, context);
      } catch {
        // The next one; the first error is the one to tell.
      }
    }
    throw error;
  }
};

export const load: LoadHook = async (url, context, next) =>
  (transpile && compiled(url, transpile)) ?? next(url, context);
