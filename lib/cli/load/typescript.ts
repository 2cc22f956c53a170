import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

type TypeScript = typeof import('typescript');

/** Turns a TypeScript file into JavaScript, for `import` or for `require`. */
export type Transpile = (file: string, format: ModuleFormat) => string;

/** How a file is loaded. */
export type ModuleFormat = 'module' | 'commonjs';

/** Packages that compile for others. TypeScript 7 does not: it is a program, and projects that need a library have 6 beside it. */
const COMPILERS = ['typescript', '@typescript/typescript6'];

function compilerNear(near: string): TypeScript | undefined {
  const load = createRequire(near);
  for (const name of COMPILERS) {
    try {
      const found = load(name) as Partial<TypeScript>;
      if (found.transpileModule !== undefined) return found as TypeScript;
    } catch {
      // Not installed: the next one.
    }
  }
  return undefined;
}

/**
 * Compiles with the application's own TypeScript and its `tsconfig.json`, file by file: decorators and their metadata,
 * which neither Node's type stripping nor esbuild can do. `undefined` where no TypeScript is installed that can.
 */
export function findTranspiler(near: string): Transpile | undefined {
  const typescript = compilerNear(near);
  if (typescript === undefined) return undefined;
  const options = optionsNear(typescript, near);
  const { ModuleKind, ModuleResolutionKind } = typescript;
  const how = {
    module: [ModuleKind.ESNext, ModuleResolutionKind.Bundler],
    commonjs: [ModuleKind.CommonJS, options.moduleResolution],
  } as const;
  return (file, format) => {
    const [module, moduleResolution] = how[format];
    const compilerOptions = { ...options, module, ...(moduleResolution && { moduleResolution }) };
    const source = readFileSync(file, 'utf8');
    return typescript.transpileModule(source, { fileName: file, compilerOptions }).outputText;
  };
}

function optionsNear(typescript: TypeScript, near: string): import('typescript').CompilerOptions {
  const { findConfigFile, readConfigFile, parseJsonConfigFileContent, sys } = typescript;
  const file = findConfigFile(dirname(near), (path) => sys.fileExists(path));
  const config: unknown = file && readConfigFile(file, (path) => sys.readFile(path)).config;
  const host = { ...sys, readDirectory: () => [] };
  const { options } = parseJsonConfigFileContent(config ?? {}, host, dirname(file ?? near));
  return {
    ...options,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    inlineSourceMap: true,
    sourceMap: false,
    declaration: false,
    noEmit: false,
  };
}

export const TYPESCRIPT_FILE = /\.[cm]?ts$/;

/** The name of the file as it was written: `./app.service.ts` for `./app.service.js`; packages and other names are left alone. */
export function writtenAs(specifier: string): string {
  return /^(?:\.{1,2}\/|\/|file:)/.test(specifier)
    ? specifier.replace(/\.([cm]?)js$/, '.$1ts')
    : specifier;
}

/** By its extension, else by the nearest `package.json`, as Node decides about JavaScript. */
export function formatOf(file: string): ModuleFormat {
  if (file.endsWith('.mts')) return 'module';
  if (file.endsWith('.cts')) return 'commonjs';
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const type = typeIn(join(folder, 'package.json'));
    if (type !== undefined) return type;
    if (dirname(folder) === folder) return 'commonjs';
  }
}

function typeIn(file: string): ModuleFormat | undefined {
  try {
    const { type } = JSON.parse(readFileSync(file, 'utf8')) as { readonly type?: string };
    return type === 'module' ? 'module' : 'commonjs';
  } catch {
    return undefined;
  }
}
