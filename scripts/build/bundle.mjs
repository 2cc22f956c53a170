// Rolls what tsc made of lib/ up into few files: a process that loads the package opens some ten, not a hundred and seventy.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { codeName, codeOf, commonJsFace, esModuleFace, loadName, loaderOf } from './faces.mjs';
import { smallText } from './small-text.mjs';

const FROM = resolve('dist/tsc');
const MAIN = join(FROM, 'index.js');
const LANGUAGE = 'config/origins/language';

/** CommonJS files that stand as they are, side by side in dist/cjs. */
const STANDING = ['own-package', 'config/origins/load-language'];
const standingName = (path) =>
  `${path
    .split('/')
    .at(-1)
    .replace(/\.cjs$/, '')}.js`;
const STANDING_NAMES = STANDING.map(standingName);

/** Without the name of a map, which is not packed: bundlers and debuggers warn about one that they do not find. */
export function copyStanding() {
  for (const file of STANDING) {
    const text = readFileSync(`dist/tsc/${file}.cjs`, 'utf8');
    write(`dist/cjs/${standingName(file)}`, text.replace(/^\/\/# sourceMappingURL=.*$/m, ''));
  }
}

const resolution = {
  name: 'resolution',
  resolveId(specifier) {
    if (specifier.endsWith('.cjs')) return { id: standingName(specifier), external: true };
    return /^[./]/.test(specifier) ? null : { id: specifier, external: true };
  },
};

/** The files of the inspector's page, as text in the code: a program bundled into one file has no others. */
const TEXTS = 'inspector/asset-texts.js';
const pageTexts = {
  name: 'page-texts',
  async transform(_code, id) {
    if (id !== join(FROM, TEXTS)) return null;
    const folder = 'lib/inspector/assets';
    const texts = readdirSync(folder).map(async (name) => [
      name,
      await smallText(name, readFileSync(join(folder, name), 'utf8')),
    ]);
    const all = Object.fromEntries(await Promise.all(texts));
    return `export const TEXTS = ${JSON.stringify(all)};`;
  },
};

/**
 * One chunk has everything that the main entry loads at once; `language/` has to load without Nest, so what both need is a chunk of
 * its own. Files that a sub-path alone needs, or that are imported on demand, are in neither.
 */
function chunks() {
  let main;
  let language;
  return (id, { getModuleInfo }) => {
    main ??= reachedFrom(MAIN, getModuleInfo);
    language ??= reachedFrom(join(FROM, `${LANGUAGE}.js`), getModuleInfo);
    if (!main.has(id) || id === MAIN) return undefined;
    return language.has(id) ? 'pure' : 'core';
  };
}

function reachedFrom(id, getModuleInfo, reached = new Set()) {
  if (reached.has(id)) return reached;
  reached.add(id);
  for (const next of getModuleInfo(id)?.importedIds ?? [])
    reachedFrom(next, getModuleInfo, reached);
  return reached;
}

/** tsc's helper for decorators asks for `this` where there is none. */
function onLog(level, { code, message }) {
  if (level !== 'info' && code !== 'THIS_IS_UNDEFINED') throw new Error(message);
}

const input = (files, ending) => files.map((file) => [file, join(FROM, `${file}${ending}`)]);

/** @param files entries without their ending: `index`, `testing/index` */
export async function bundleCode(files) {
  const named = Object.fromEntries([
    ...input(files, '.js'),
    ['language', join(FROM, `${LANGUAGE}.js`)],
  ]);
  const bundle = await rollup({ input: named, plugins: [resolution, pageTexts], onLog });
  const { output } = await bundle.generate({
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    manualChunks: chunks(),
    hoistTransitiveImports: false,
    externalLiveBindings: false,
    minifyInternalExports: false,
    interop: 'default',
    esModule: false,
  });
  await writeChunks(output);
}

async function writeChunks(output) {
  const isChunk = (id) => output.some(({ fileName }) => fileName === id);
  const isOurs = (id) => isChunk(id) || STANDING_NAMES.includes(id);
  for (const chunk of output) {
    refuseDefaults(chunk, isOurs);
    write(`dist/cjs/${codeName(chunk.fileName)}`, await codeOf(chunk, isChunk));
    write(`dist/cjs/${loadName(chunk.fileName)}`, loaderOf(chunk));
    write(`dist/cjs/${chunk.fileName}`, commonJsFace(chunk, isOurs));
    write(`dist/esm/${chunk.fileName}`, esModuleFace(chunk, isOurs, isChunk));
  }
}

/** A module system's `default` is another thing in each of the two, and code serves both. */
function refuseDefaults({ fileName, importedBindings }, isOurs) {
  for (const [id, names] of Object.entries(importedBindings))
    if (names.includes('default') && !isOurs(id))
      throw new Error(`${fileName} imports the default of ${id}; import a name of it`);
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * Declarations, rolled up, with maps into the sources that they come from, which stand in dist/src: an editor's "go to definition"
 * opens TypeScript. Those for ES modules are those for CommonJS, as the classes are the same.
 */
export async function bundleTypes(files) {
  const bundle = await rollup({
    input: Object.fromEntries(input(files, '.d.ts')),
    plugins: [dts({ sourcemap: true, tsconfig: 'tsconfig.build.json' })],
    external: (id) => !/^[./]/.test(id),
    onLog,
  });
  const { output } = await bundle.generate({
    dir: 'dist/cjs',
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].d.ts',
    chunkFileNames: '[name].d.ts',
    manualChunks: declaredByMain(),
    hoistTransitiveImports: false,
    minifyInternalExports: false,
  });
  for (const { fileName, code, source } of output)
    write(`dist/cjs/${fileName}`, code ?? withSources(fileName, JSON.parse(source)));
  for (const file of files)
    write(
      `dist/esm/${file}.d.ts`,
      `export * from '${'../'.repeat(file.split('/').length)}cjs/${file}.js';\n`,
    );
}

/** Declarations of the main entry stand there and nowhere else. */
function declaredByMain() {
  let main;
  return (id, { getModuleInfo }) => {
    main ??= reachedFrom(join(FROM, 'index.d.ts'), getModuleInfo);
    return main.has(id) ? 'index' : undefined;
  };
}

/** A map that leads to dist/src, with the sources put there. */
function withSources(fileName, map) {
  const folder = dirname(`dist/cjs/${fileName}`);
  const sources = map.sources.map((source) => {
    const inLib = relative('lib', join(folder, source));
    write(`dist/src/${inLib}`, readFileSync(`lib/${inLib}`, 'utf8'));
    return relative(folder, `dist/src/${inLib}`);
  });
  return JSON.stringify({ ...map, sources, sourcesContent: undefined });
}
