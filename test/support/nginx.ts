import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedPort } from './ports.js';

/** Where nginx is: `NGINX_PATH`, or Debian's place for it. */
function findNginx(): string | undefined {
  const candidates = [process.env['NGINX_PATH'], '/usr/sbin/nginx'];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

/** Tests that need nginx; `CI_REQUIRES_NGINX` makes its absence a failure. */
export function describeBehindNginx(name: string, tests: (executable: string) => void): void {
  const executable = findNginx();
  if (executable === undefined) {
    if (process.env['CI_REQUIRES_NGINX']) throw new Error('nginx is not installed');
    process.stdout.write(`${name}: no nginx at NGINX_PATH or /usr/sbin/nginx, skipped\n`);
  }
  (executable === undefined ? describe.skip : describe)(name, () => tests(executable ?? ''));
}

/** An nginx in front of one application. */
export interface Nginx {
  readonly port: number;
  close(): Promise<void>;
}

/** A cache that keeps what the application lets it keep, `Vary` included, and says `X-Cache: HIT` of it. */
export const SHARED_CACHE = `
    location / {
      proxy_pass http://gateway;
      proxy_cache shared;
      add_header X-Cache $upstream_cache_status always;
    }`;

/**
 * Starts nginx in front of the application.
 *
 * @param locations what stands in nginx's `server` block; the application is the upstream `gateway`
 */
export async function startNginx(
  executable: string,
  upstream: number,
  locations = SHARED_CACHE,
): Promise<Nginx> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'shared-cache-'));
    const port = await closedPort();
    writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, upstream, locations));
    const options = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'];
    const child = spawn(executable, options, { stdio: 'inherit' });
    const close = async (): Promise<void> => {
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    };
    if (await answers(port, child)) return { port, close };
    await close(); // somebody else took the port meanwhile
  }
  throw new Error('nginx does not start');
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

function configuration(folder: string, port: number, upstream: number, locations: string): string {
  const root = process.getuid?.() === 0 ? 'user root;' : '';
  const places = TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ');
  return `${root}
daemon off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${places}
  proxy_cache_path ${folder}/cache keys_zone=shared:1m;
  upstream gateway {
    server 127.0.0.1:${upstream};
  }
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }
}
`;
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    if (await isListening(port)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child.exitCode === null;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.on('exit', () => resolve()).kill('SIGTERM');
  });
}
