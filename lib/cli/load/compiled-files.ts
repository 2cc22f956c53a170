import { fileURLToPath } from 'node:url';
import {
  formatOf,
  type ModuleFormat,
  type Transpile,
  TYPESCRIPT_FILE,
  writtenAs,
} from './typescript.js';

/** The answer of a hook of Node that has loaded a file itself. */
export interface CompiledFile {
  readonly format: ModuleFormat;
  readonly source: string;
  readonly shortCircuit: true;
}

/** `undefined` for what is no file in TypeScript. */
export function compiled(url: string, transpile: Transpile): CompiledFile | undefined {
  if (!url.startsWith('file:') || !TYPESCRIPT_FILE.test(url)) return undefined;
  const file = fileURLToPath(url);
  const format = formatOf(file);
  return { format, source: transpile(file, format), shortCircuit: true };
}

/** The files that `./app.service.js` and `./app.service` may have been written as: `./app.service.ts`. */
export function candidatesFor(specifier: string): readonly string[] {
  if (!/^(?:\.{1,2}\/|file:)/.test(specifier)) return [];
  const written = writtenAs(specifier);
  return written === specifier ? [`${specifier}.ts`, `${specifier}/index.ts`] : [written];
}
