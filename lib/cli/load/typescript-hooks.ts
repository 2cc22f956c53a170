import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  findTranspiler,
  formatOf,
  type Transpile,
  TYPESCRIPT_FILE,
  writtenAs,
} from './typescript.js';

/** Hooks of Node for `import`, which run in a thread of their own. */
let transpile: Transpile | undefined;

export function initialize(near: string): void {
  transpile = findTranspiler(near);
}

/** `./app.service.js` and `./app.service` may be written as `app.service.ts`. */
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

function candidatesFor(specifier: string): readonly string[] {
  if (!/^(?:\.{1,2}\/|file:)/.test(specifier)) return [];
  const written = writtenAs(specifier);
  return written === specifier ? [`${specifier}.ts`, `${specifier}/index.ts`] : [written];
}

export const load: LoadHook = async (url, context, next) => {
  if (transpile === undefined || !url.startsWith('file:') || !TYPESCRIPT_FILE.test(url))
    return next(url, context);
  const file = fileURLToPath(url);
  const format = formatOf(file);
  return { format, source: transpile(file, format), shortCircuit: true };
};
