import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/translated');
const TSCONFIG = readFileSync(join(ROOT, 'tsconfig.json'), 'utf8');
/** Another compiler, or other options, make something else of the same file. */
const SALT = `${require('typescript/package.json').version}\n${TSCONFIG}\n`;

/** JavaScript of a file in TypeScript, with its map; translated once as long as the file stays the same. */
export function translated(file, format) {
  const text = readFileSync(file, 'utf8');
  const key = createHash('sha256').update(`${SALT}${file}\n${text}`).digest('hex');
  const kept = join(CACHE, `${key}.js`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const code = translate(file, text, format);
  mkdirSync(CACHE, { recursive: true });
  // Another worker may read at the same time.
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}

function translate(file, text, format) {
  const ts = require('typescript');
  const { config } = ts.parseConfigFileTextToJson('tsconfig.json', TSCONFIG);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const compilerOptions = {
    ...options,
    module: format === 'module' ? ts.ModuleKind.ES2022 : ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    declaration: false,
    inlineSourceMap: true,
    inlineSources: true,
  };
  return ts.transpileModule(text, { fileName: file, compilerOptions }).outputText;
}
