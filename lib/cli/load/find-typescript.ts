import { createRequire } from 'node:module';
import { writtenAs } from './typescript.js';

/** As much of Node's loader as finds the file that `require()` names. */
interface Loader {
  _resolveFilename(this: unknown, request: string, ...rest: unknown[]): string;
}

/** `require('./app.service.js')`, as projects write it whose `module` is `nodenext`, may mean `app.service.ts`. */
export function findTypeScript(near: string): void {
  const loader = createRequire(near)('node:module') as Loader;
  const find = loader._resolveFilename;
  loader._resolveFilename = function (request, ...rest): string {
    try {
      return find.call(this, request, ...rest);
    } catch (error) {
      const written = writtenAs(request);
      if (written === request) throw error;
      try {
        return find.call(this, written, ...rest);
      } catch {
        throw error; // the name that the application writes is the one to tell
      }
    }
  };
}
