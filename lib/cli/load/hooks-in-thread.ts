import { createRequire } from 'node:module';
import { candidatesFor, compiled, type CompiledFile } from './compiled-files.js';
import type { Transpile } from './typescript.js';

type Hook<Answer> = (
  asked: string,
  context: object,
  next: (asked: string, context: object) => Answer,
) => Answer;

/** As much of `node:module` as is not in every Node: hooks in the thread of the application, since 22.15. */
interface HooksOfNode {
  registerHooks?(hooks: {
    readonly resolve: Hook<object>;
    readonly load: Hook<object | CompiledFile>;
  }): void;
}

/** @returns false where this Node has none; from 26 on it warns of those in a thread of their own */
export function hookInThread(near: string, transpile: Transpile): boolean {
  const { registerHooks } = createRequire(near)('node:module') as HooksOfNode;
  if (registerHooks === undefined) return false;
  registerHooks({
    resolve,
    load: (url, context, next) => compiled(url, transpile) ?? next(url, context),
  });
  return true;
}

const resolve: Hook<object> = (specifier, context, next) => {
  try {
    return next(specifier, context);
  } catch (error) {
    for (const candidate of candidatesFor(specifier)) {
      try {
        return next(candidate, context);
      } catch {
        // The next one; the first error is the one to tell.
      }
    }
    throw error;
  }
};
