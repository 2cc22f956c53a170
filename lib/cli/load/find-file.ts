import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.js';

/** Where Nest's own tools put the root module, compiled before written. */
const USUAL = [
  'dist/app.module.js',
  'dist/src/app.module.js',
  'src/app.module.ts',
  'app.module.ts',
];

/** A file, and the export to take from it. */
export interface ExportOfFile {
  readonly file: string;
  readonly name: string | undefined;
}

/** The root module's file. @throws CliError where there is none */
export function findModule(given: string | undefined): ExportOfFile {
  if (given !== undefined) return readReference(given, '--module');
  const found = USUAL.find((file) => existsSync(file));
  if (found !== undefined) return { file: resolve(found), name: undefined };
  throw new CliError(
    `no root module found (${USUAL.join(', ')}); name it: --module dist/app.module.js, or --module path/to/file.js#ExportedClass`,
  );
}

/** `file#Export`. @throws CliError where there is no such file */
export function readReference(reference: string, option: string): ExportOfFile {
  const [, path = '', name] = /^(.*?)(?:#([\w$]+))?$/s.exec(reference) ?? [];
  const file = resolve(path);
  if (existsSync(file)) return { file, name };
  const compiled = /\.[cm]?js$/.test(file) ? '; build the application first (`nest build`)' : '';
  throw new CliError(`${option} ${path}: there is no such file${compiled}`);
}
