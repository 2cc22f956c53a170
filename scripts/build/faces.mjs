// One copy of the code, behind two faces. The code is a function of the modules that it imports, called once in a process. A face
// loads these in the manner of its module system, by `import` or by `require`, and hands them over. So a process that does both has
// one of every class; Nest is loaded as its version wants to be; a bundler sees every import; and tests run what production runs.
import { posix } from 'node:path';
import { minify } from 'terser';

/** `testing/index.js` → `testing/index.code.js` */
export const codeName = (fileName) => fileName.replace(/\.js$/, '.code.js');

/** `testing/index.js` → `testing/index.load.js` */
export const loadName = (fileName) => fileName.replace(/\.js$/, '.load.js');

/**
 * Modules that a face hands over. Node's own are the same for both module systems, and code requires them itself: to import `node:http`
 * reads all its names, one of which loads undici, and that takes longer than the package.
 */
const handedTo = (imports) => imports.filter((id) => !id.startsWith('node:'));

/** A specifier that leads from one file of a folder to another. */
function leading(from, to) {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

/**
 * A chunk as rollup writes it for CommonJS, with what it imports handed to it. What it imports on demand it requires itself.
 * @param isChunk an id is one of rollup's, which it writes as a path
 */
export async function codeOf({ fileName, imports, code }, isChunk) {
  const handed = handedTo(imports).reduce((text, id) => {
    const specifier = isChunk(id) ? leading(fileName, id) : id;
    return text.replace(`require('${specifier}')`, `given[${JSON.stringify(id)}]`);
  }, withoutHead(code));
  return bare(
    `'use strict'; let made; module.exports = (given) => (made ??= make(given)); function make(given) { const exports = {}; ${handed}
    return exports; }`,
  );
}

/**
 * The face of a chunk in dist/cjs. It names its exports where lexers look for them.
 * @param isOurs an id is a file of the package
 */
export function commonJsFace({ fileName, imports, exports }, isOurs) {
  const load = (id) => `require(${JSON.stringify(isOurs(id) ? leading(fileName, id) : id)})`;
  return [
    `'use strict';`,
    `Object.defineProperty(exports, '__esModule', { value: true });`,
    `const made = require('./${posix.basename(codeName(fileName))}')({`,
    ...handedTo(imports).map((id) => `  ${JSON.stringify(id)}: ${load(id)},`),
    `});`,
    ...exports.map((name) => `exports.${name} = made.${name};`),
    '',
  ].join('\n');
}

/** Between code and the face in dist/esm: Node searches a CommonJS file that is imported for names, and code is long. */
export function loaderOf({ fileName }) {
  return `'use strict';\nmodule.exports = (given) => require('./${posix.basename(codeName(fileName))}')(given);\n`;
}

/**
 * The face of a chunk in dist/esm.
 * @param isChunk an id is a chunk, which has such a face itself; any other file of ours lies in dist/cjs
 */
export function esModuleFace({ fileName, imports, exports, code }, isOurs, isChunk) {
  const inCommonJs = (id) => leading(`esm/${fileName}`, `cjs/${id}`);
  const load = (id, name) => {
    if (isOurs(id) && !isChunk(id)) return `import ${name} from '${inCommonJs(id)}';`;
    return `import * as ${name} from '${isChunk(id) ? leading(fileName, id) : id}';`;
  };
  const handed = handedTo(imports);
  return [
    ...(code.match(/^#!.*/) ?? []),
    ...handed.map((id, index) => load(id, `given${index}`)),
    `import make from '${inCommonJs(loadName(fileName))}';`,
    `const made = make({`,
    ...handed.map((id, index) => `  ${JSON.stringify(id)}: given${index},`),
    `});`,
    ...exports.map((name) => `export const ${name} = made.${name};`),
    '',
  ].join('\n');
}

/** `#!`, and what the function around the code says. */
function withoutHead(code) {
  return code.replace(/^#!.*\n/, '').replace(/^'use strict';\n/, '');
}

/** Small, with every name of a class or function that a stack trace or a log could show. */
async function bare(code) {
  const names = { keep_classnames: true, keep_fnames: true };
  const format = { comments: false, max_line_len: 160 };
  const { code: small } = await minify(code, {
    ecma: 2022,
    compress: { ...names, passes: 2 },
    mangle: names,
    format,
  });
  return `${small}\n`;
}
