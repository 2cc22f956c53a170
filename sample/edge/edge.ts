import type { INestApplication } from '@nestjs/common';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CorsInspector } from 'nestjs-cors';
import { type CorsExport, exportPolicies } from 'nestjs-cors/export';

/** How each engine is started in the folder of its files. */
const COMMANDS = {
  nginx: (main: string) => ['nginx', '-p', '.', '-c', main],
  haproxy: (main: string) => ['haproxy', '-f', main],
  caddy: (main: string) => ['caddy', 'run', '--adapter', 'caddyfile', '--config', main],
} as const;

export type EngineName = keyof typeof COMMANDS;

/** An engine in front of an application. */
export interface Edge {
  readonly url: string;
  /** Losses of the export: everything that the engine cannot say. */
  readonly exported: CorsExport;
  close(): Promise<void>;
}

/** Starts an engine on a port, with the policies of an application that listens. */
export async function startEdge(
  app: INestApplication,
  engine: EngineName,
  port: number,
): Promise<Edge> {
  const exported = exportPolicies(app.get(CorsInspector).manifest({ service: 'shop' }), {
    target: engine,
    listen: `127.0.0.1:${port}`,
    upstream: new URL(await app.getUrl()).host.replace('[::1]', '127.0.0.1'),
  });
  const folder = await written(exported);
  const child = start(COMMANDS[engine](exported.main), folder);
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(child, port);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, exported, close };
}

/** Workers of nginx run as somebody else, who reads the folder too. */
async function written({ files }: CorsExport): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nestjs-cors-edge-'));
  await chmod(folder, 0o755);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** Servers are where only administrators look, and Caddy keeps its state at home. */
function start([program = '', ...args]: readonly string[], folder: string): ChildProcess {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`, HOME: folder };
  return spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  const failed = once(child, 'error').then(([error]) => {
    throw new Error('the engine cannot be started: apt-get install nginx-light haproxy caddy', {
      cause: error,
    });
  });
  while (!(await Promise.race([failed, accepts(port)]))) {
    if (child.exitCode !== null) throw new Error(`the engine has ended with ${child.exitCode}`);
    await setTimeout(20);
  }
  failed.catch(() => undefined);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(socket.end() !== undefined));
    socket.on('error', () => resolve(false));
  });
}
