import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CorsExport } from 'nestjs-cors/export';
import { closedPort } from '../../../support/ports.js';

/** An engine as it is started, and as it checks its own configuration. */
interface Command {
  readonly program: string;
  readonly start: (main: string) => readonly string[];
  readonly check: (main: string) => readonly string[];
}

const COMMANDS = {
  nginx: {
    program: 'nginx',
    start: (main) => ['-p', '.', '-c', main],
    check: (main) => ['-t', '-p', '.', '-c', main],
  },
  haproxy: {
    program: 'haproxy',
    start: (main) => ['-f', main],
    check: (main) => ['-c', '-f', main],
  },
  caddy: {
    program: 'caddy',
    start: (main) => ['run', '--adapter', 'caddyfile', '--config', main],
    check: (main) => ['validate', '--adapter', 'caddyfile', '--config', main],
  },
} as const satisfies Record<string, Command>;

export type EngineName = keyof typeof COMMANDS;

const ENGINES = Object.keys(COMMANDS) as readonly EngineName[];

/** Distributions put servers where only administrators look. */
const ENVIRONMENT = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };

/** Engines are there where `.ci/run` has installed them. */
export function isInstalled(engine: EngineName): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${COMMANDS[engine].program}`], { env: ENVIRONMENT });
    return true;
  } catch {
    return false;
  }
}

/** An engine that runs. */
export interface RunningEngine {
  readonly port: number;
  /** Its output so far. */
  readonly printed: () => string;
  readonly pid: number;
  close(): Promise<void>;
}

/** Starts an engine with what is exported for a port, in a folder of its own. */
export async function startEngine(
  engine: EngineName,
  exportFor: (listen: string) => CorsExport,
): Promise<RunningEngine> {
  const port = await closedPort();
  const { main, files } = exportFor(`127.0.0.1:${port}`);
  const folder = written(files);
  const { program, start } = COMMANDS[engine];
  const child = spawn(program, start(main), {
    cwd: folder,
    env: { ...ENVIRONMENT, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await listening(port, child);
  } catch (error) {
    await close();
    throw new Error(`${engine} does not start: ${printed}`, { cause: error });
  }
  return { port, printed: () => printed, pid: child.pid ?? 0, close };
}

/** The engine's own opinion of a configuration; throws with what it prints. */
export function checkConfiguration(engine: EngineName, { main, files }: CorsExport): void {
  const folder = written(files);
  try {
    const { program, check } = COMMANDS[engine];
    execFileSync(program, check(main), { cwd: folder, stdio: 'pipe', env: ENVIRONMENT });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function written(files: CorsExport['files']): string {
  const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-edge-'));
  // Workers of nginx are another user.
  chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`exit code ${child.exitCode}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Describes every engine, and prints which is not installed: where `.ci/run` installs them, that is a failure. */
export function describeEngines(title: string, body: (engine: EngineName) => void): void {
  const isRequired = process.env['CI_REQUIRES_ENGINES'] !== undefined;
  for (const engine of ENGINES) {
    if (isRequired || isInstalled(engine)) describe(`${title}: ${engine}`, () => body(engine));
    else {
      const reason = `${engine} is not installed: apt-get install nginx-light haproxy caddy`;
      process.stderr.write(`${title}: not tried, ${reason}\n`);
      it(`${title}: not tried, ${reason}`, () => expect(isInstalled(engine)).toBe(false));
    }
  }
}
