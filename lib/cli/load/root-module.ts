import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { DynamicModule, Type } from '@nestjs/common';
import { CliError } from '../cli-error.js';
import type { ExportOfFile } from './find-file.js';
import { importFile } from './import-file.js';

/** A root module as `NestFactory.create()` takes it: a class with `@Module()`, or the return value of `AppModule.forRoot()`. */
export type RootModule = Type | DynamicModule;

/** The root module. @throws CliError where the file exports none, or several */
export async function loadRootModule(reference: ExportOfFile): Promise<RootModule> {
  const exported = await exportsOf(reference);
  if (reference.name !== undefined) return named(exported, reference, isModule, 'a module');
  const modules = Object.entries(exported).filter((entry): entry is [string, RootModule] =>
    isModule(entry[1]),
  );
  const preferred =
    modules.find(([name]) => name === 'AppModule' || name === 'default') ?? modules[0];
  if (preferred === undefined)
    throw new CliError(
      `${reference.file} exports no class with @Module(), and nothing that AppModule.forRoot() or the like returned; name the file of the root module: --module <file[#Export]>`,
    );
  const isOnly = new Set(modules.map(([, type]) => type)).size === 1;
  if (isOnly || preferred[0] === 'AppModule' || preferred[0] === 'default') return preferred[1];
  throw new CliError(
    `${reference.file} exports several modules; choose: --module ${reference.file}#${preferred[0]}`,
  );
}

/** A function, such as that of `--configure`. */
export async function loadFunction(
  reference: ExportOfFile,
): Promise<(...args: unknown[]) => unknown> {
  const exported = await exportsOf(reference);
  const name = reference.name ?? (isFunction(exported['default']) ? 'default' : 'configure');
  return named(exported, { ...reference, name }, isFunction, 'a function');
}

/** The exports of a file by name; `import` shows those of a CommonJS file as `default`, too. */
async function exportsOf({ file }: ExportOfFile): Promise<Readonly<Record<string, unknown>>> {
  const loaded = await importFile(file);
  const inner = loaded['default'];
  return typeof inner === 'object' && inner !== null && !isModule(inner)
    ? { ...inner, ...loaded, default: undefined }
    : loaded;
}

function named<Value>(
  exported: Readonly<Record<string, unknown>>,
  { file, name = '' }: ExportOfFile,
  is: (value: unknown) => value is Value,
  what: string,
): Value {
  const value = exported[name];
  if (is(value)) return value;
  throw new CliError(
    `${file} does not export ${what} named ${name}; it exports ${Object.keys(exported).join(', ') || 'nothing'}`,
  );
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}

function isModule(value: unknown): value is RootModule {
  if (typeof value === 'object' && value !== null)
    return 'module' in value && typeof value.module === 'function';
  return (
    typeof value === 'function' &&
    Object.values(MODULE_METADATA).some((key) => Reflect.hasOwnMetadata(key, value))
  );
}
