import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import typescript from 'typescript';
import { ensureBuilt } from '../../../support/built.js';
import { LivingCommandLine } from './living.js';

const ROOT = process.cwd();
const APPLICATIONS = join(ROOT, 'test/promises/cli/applications');
const MAIN = join(ROOT, 'dist/esm/cli/main.js');

export type Format = 'esm' | 'cjs';

/** A folder with the applications as two projects, one of ES modules, one of CommonJS, and the package as it is installed. */
export interface Projects {
  /** Runs the CLI in a project. */
  run(format: Format, args: readonly string[], environment?: Record<string, string>): Run;
  /** Many runs of the CLI in a project, without a process each. */
  living(format: Format): LivingCommandLine;
  /** Runs it in the project of ES modules where no client of a store is installed. */
  runAlone(args: readonly string[]): Run;
  file(name: string): string;
  remove(): void;
}

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export function installed(): Projects {
  ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-cli-'));
  install(join(folder, 'node_modules'));
  write(join(folder, 'esm'), 'module', typescript.ModuleKind.ESNext);
  write(join(folder, 'cjs'), 'commonjs', typescript.ModuleKind.CommonJS);
  return {
    run: (format, args, environment = {}) => runIn(join(folder, format), args, environment),
    living: (format) => new LivingCommandLine(join(folder, format), MAIN),
    runAlone: (args) => runAlone(folder, args),
    file: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function install(modules: string): void {
  mkdirSync(modules);
  symlinkSync(ROOT, join(modules, 'nestjs-cors'));
  linkPeers(modules);
}

function linkPeers(modules: string): void {
  for (const name of ['@nestjs', 'reflect-metadata', 'rxjs', 'typescript'])
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
}

/** As written in `src`, and compiled in `dist`. */
function write(project: string, type: string, module: typescript.ModuleKind): void {
  cpSync(APPLICATIONS, join(project, 'src'), { recursive: true });
  mkdirSync(join(project, 'dist'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
  const compilerOptions = {
    target: typescript.ScriptTarget.ES2022,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { target: 'ES2022' } }),
  );
  for (const file of readdirSync(APPLICATIONS)) {
    const source = readFileSync(join(APPLICATIONS, file), 'utf8');
    const { outputText } = typescript.transpileModule(source, {
      compilerOptions: { ...compilerOptions, module },
    });
    writeFileSync(join(project, 'dist', file.replace(/\.ts$/, '.js')), outputText);
  }
}

/** A copy of the package, because what is linked looks for its peers where it really is. */
function runAlone(folder: string, args: readonly string[]): Run {
  const project = join(folder, 'alone');
  const copy = join(project, 'node_modules/nestjs-cors');
  if (!existsSync(copy)) {
    cpSync(join(folder, 'esm'), project, { recursive: true });
    cpSync(join(ROOT, 'dist'), join(copy, 'dist'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
    linkPeers(join(project, 'node_modules'));
  }
  return runIn(project, args, {}, join(copy, 'dist/esm/cli/main.js'));
}

function runIn(
  project: string,
  args: readonly string[],
  environment: Record<string, string>,
  main = MAIN,
): Run {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: project,
    env,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, error: stderr };
}
