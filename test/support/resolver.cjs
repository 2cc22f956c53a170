const { existsSync } = require('node:fs');
const { join } = require('node:path');

const LIB = join(__dirname, '../../lib');

/** Where a module of ours is, by the names that the package and its sources have for it. */
function sourceOf(request, basedir) {
  const [, part] = /^nestjs-cors(?:\/(.+))?$/.exec(request) ?? [request];
  if (request === 'nestjs-cors') return join(LIB, 'index.ts');
  if (part !== undefined) return join(LIB, part, 'index.ts');
  if (!/^\.{1,2}\//.test(request) || basedir.includes('/node_modules/')) return undefined;
  if (request.endsWith('/load-language.cjs')) return join(__dirname, 'load-language.ts');
  const source = join(basedir, request.replace(/\.(c?)js$/, '.$1ts'));
  return source !== join(basedir, request) && existsSync(source) ? source : undefined;
}

/**
 * Finds the sources in place of what is built of them. A resolver and not `moduleNameMapper`: jest remembers what a resolver found,
 * and looks anew, suite by suite, for every file that a mapped name leads to, those of all packages among them.
 */
module.exports = (request, options) =>
  sourceOf(request, options.basedir) ?? options.defaultResolver(request, options);
module.exports.sourceOf = sourceOf;
