// The entries of the package, by the names in package.json: `./testing` in `exports` is lib/testing/index.ts, and a command
// `./dist/esm/inspect/cli.js` in `bin` is lib/inspect/cli.ts. Everything else about an entry follows from its name.
import { readFileSync, writeFileSync } from 'node:fs';

const MANIFEST = new URL('../../package.json', import.meta.url);

/** @returns {{ name: string, file: string }[]} `{ name: './testing', file: 'testing/index' }` */
export function entriesOf({ exports }) {
  const names = Object.keys(exports).filter((name) => name !== './package.json');
  return names.map((name) => ({
    name,
    file: name === '.' ? 'index' : `${name.slice('./'.length)}/index`,
  }));
}

/** Files that are found by their path: Node runs a loader's hooks in a thread of their own. */
const FOUND_BY_PATH = ['cli/load/typescript-hooks'];

/** Files that are loaded by neither name nor import: those of `bin`, without folder and ending (`cli/main`), and others. */
export function commandsOf({ bin = {} }) {
  const files = Object.values(bin).map((file) =>
    file.replace(/^(?:\.\/)?dist\/esm\//, '').replace(/\.js$/, ''),
  );
  return [...files, ...FOUND_BY_PATH];
}

/** `require` is always answered by one face and `import` by the other: see faces.mjs. */
function conditionsOf({ file }) {
  const of = (format) => ({
    types: `./dist/${format}/${file}.d.ts`,
    default: `./dist/${format}/${file}.js`,
  });
  return { import: of('esm'), require: of('cjs') };
}

/** The fields of package.json that follow from the names in `exports`. */
export function derivedFields(manifest) {
  const entries = entriesOf(manifest);
  const [main, ...others] = entries;
  return {
    main: `./dist/cjs/${main.file}.js`,
    types: `./dist/cjs/${main.file}.d.ts`,
    exports: {
      ...Object.fromEntries(entries.map((entry) => [entry.name, conditionsOf(entry)])),
      './package.json': './package.json',
    },
    // For `moduleResolution: node` (node10), the default of Nest's starters up to 11, which does not read `exports`.
    typesVersions: {
      '*': Object.fromEntries(
        others.map(({ name, file }) => [name.slice('./'.length), [`./dist/cjs/${file}.d.ts`]]),
      ),
    },
  };
}

export function readManifest() {
  return JSON.parse(readFileSync(MANIFEST, 'utf8'));
}

/** Brings the derived fields in line, in the order in which they stand. */
export function alignManifest() {
  const manifest = readManifest();
  const aligned = `${JSON.stringify(Object.assign({}, manifest, derivedFields(manifest)), undefined, 2)}\n`;
  if (aligned === readFileSync(MANIFEST, 'utf8')) return;
  writeFileSync(MANIFEST, aligned);
  console.log(
    'package.json: the fields that follow from the names in `exports` were brought in line',
  );
}
