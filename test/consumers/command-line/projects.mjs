// Applications with a database that is not there: one installation for each Nest, and in it the same sources as CommonJS and as ES
// modules.
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, run, writeFiles } from '../matrix/workshop.mjs';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), 'application');
export const DATABASES = ['typeorm', 'mongoose'];
export const FORMATS = ['commonjs', 'module'];

/** The packages of a Nest, as its users have it. */
const BESIDE = {
  10: ['@nestjs/config@3', '@nestjs/typeorm@10', '@nestjs/mongoose@10', 'mongoose@8'],
  11: ['@nestjs/config@4', '@nestjs/typeorm@11', '@nestjs/mongoose@11', 'mongoose@8'],
  12: ['@nestjs/config@12', '@nestjs/typeorm@12', '@nestjs/mongoose@12', 'mongoose@9'],
};
export const NESTS = Object.keys(BESIDE);
const ALWAYS = ['typeorm@0.3', 'pg@8', 'reflect-metadata@0.2', 'rxjs@7'];
const TYPES = ['typescript@5.9', '@types/node@20'];

const compilerOptions = {
  target: 'ES2022',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  outDir: 'dist',
  rootDir: 'src',
  esModuleInterop: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  strict: true,
  skipLibCheck: true,
  types: ['node'],
};

/** @returns the folder of the application in either format, built */
export function install(nest, tarball) {
  const root = join(folder, `nest-${nest}`);
  writeFiles(root, { 'package.json': { private: true } });
  const core = ['common', 'core', 'platform-express'].map((name) => `@nestjs/${name}@${nest}`);
  const packages = [...core, ...BESIDE[nest], ...ALWAYS, ...TYPES, tarball];
  must(run(root, 'npm', ['i', '--no-audit', '--no-fund', ...packages]));
  return Object.fromEntries(FORMATS.map((type) => [type, project(root, type)]));
}

function project(root, type) {
  const below = join(root, type);
  const sources = readdirSync(SOURCES).map((name) => [
    `src/${name}`,
    readFileSync(join(SOURCES, name), 'utf8'),
  ]);
  writeFiles(below, {
    'package.json': { private: true, type },
    'tsconfig.json': { compilerOptions, include: ['src'] },
    ...Object.fromEntries(sources),
  });
  symlinkSync(join(root, 'node_modules'), join(below, 'node_modules'));
  must(run(below, process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.']));
  return below;
}

function must({ ok, output }) {
  if (!ok) throw new Error(output);
}
