import { createRequire, register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ownPackage from '../../own-package.cjs';
import { CliError, messageOf } from '../cli-error.js';
import { findTypeScript } from './find-typescript.js';
import { hookInThread } from './hooks-in-thread.js';
import { findTranspiler, formatOf, TYPESCRIPT_FILE } from './typescript.js';

type Exports = Readonly<Record<string, unknown>>;
type Extensions = Record<
  string,
  (module: { _compile(code: string, file: string): void }, file: string) => void
>;

/**
 * Loads a file of the application, as the application would.
 *
 * @throws CliError with the cause and what to do about it
 */
export async function importFile(file: string): Promise<Exports> {
  const isTypeScript = TYPESCRIPT_FILE.test(file);
  const installed = isTypeScript && installTypeScript(file);
  try {
    if (installed === 'commonjs') return createRequire(file)(file) as Exports;
    return (await import(pathToFileURL(file).href)) as Exports;
  } catch (error) {
    throw new CliError(
      `${file} cannot be loaded: ${messageOf(error)}${hintFor(isTypeScript, installed)}`,
    );
  }
}

/** Through Node's own type stripping, or a loader given with `--import`, where no TypeScript is installed that compiles for others. */
function installTypeScript(file: string): 'commonjs' | 'module' | undefined {
  const transpile = findTranspiler(file);
  if (transpile === undefined) return undefined;
  const format = formatOf(file);
  if (format === 'module') {
    if (!hookInThread(file, transpile)) hookBesideThread(file);
    return format;
  }
  const { extensions } = createRequire(file) as unknown as { readonly extensions: Extensions };
  for (const extension of ['.ts', '.cts'])
    extensions[extension] = (module, path) => module._compile(transpile(path, 'commonjs'), path);
  findTypeScript(file);
  return format;
}

function hookBesideThread(file: string): void {
  const hooks = join(ownPackage.folder, '../esm/cli/load/typescript-hooks.js');
  register(pathToFileURL(hooks), { data: file });
}

function hintFor(isTypeScript: boolean, installed: unknown): string {
  if (isTypeScript && installed === undefined)
    return '\nNode alone cannot read decorators, and no TypeScript is installed that compiles for others (7 does not): build the application and pass the JavaScript (--module dist/app.module.js), or `npm install --save-dev @typescript/typescript6`';
  if (isTypeScript)
    return '\nEach file was compiled alone, without path aliases: if this is about an alias or an import, build the application and pass the JavaScript (--module dist/app.module.js)';
  return '\nNothing of the application was started: this is thrown while its files are imported. If a variable of the environment is missing: node --env-file=.env node_modules/nestjs-cors/dist/esm/cli/main.js …';
}
