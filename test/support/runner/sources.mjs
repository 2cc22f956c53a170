import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import resolver from '../resolver.cjs';
import { translated } from './translated.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const GLOBALS = pathToFileURL(join(HERE, 'jest-globals.mjs')).href;
const SOURCE = /(?<!\.d)\.(c?)ts$/;

/** From here on Node finds and reads the sources in place of what is built of them: in this thread, since Node 22.15, or beside it. */
export function loadSources() {
  if (nodeModule.registerHooks === undefined) nodeModule.register(import.meta.url);
  else nodeModule.registerHooks({ resolve, load });
}

export function resolve(request, context, next) {
  if (request === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
  const source = resolver.sourceOf(request, folderOf(context.parentURL));
  if (source === undefined) return next(request, context);
  return { url: pathToFileURL(source).href, shortCircuit: true };
}

function folderOf(url) {
  return url?.startsWith('file:') ? dirname(fileURLToPath(url)) : HERE;
}

export function load(url, context, next) {
  const [file] = url.split('?');
  const [, commonjs] = SOURCE.exec(file) ?? [];
  if (commonjs === undefined || file.includes('/node_modules/')) return next(url, context);
  const format = commonjs === 'c' ? 'commonjs' : 'module';
  return { format, source: translated(fileURLToPath(file), format), shortCircuit: true };
}
