import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedPort } from '../../../support/ports.js';

/** A server of a store, as the distribution has it, on a free port; stopped and started again it keeps port and data. */
export class StoreServer {
  private child: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'cors-live-'));

  private constructor(
    readonly port: number,
    private readonly command: (port: number, folder: string) => readonly string[],
  ) {}

  static async redis(): Promise<StoreServer> {
    return StoreServer.of((port, folder) =>
      `redis-server --port ${port} --bind 127.0.0.1 --dir ${folder} --appendonly yes --appendfsync always`.split(
        ' ',
      ),
    );
  }

  static async nats(): Promise<StoreServer> {
    return StoreServer.of((port, folder) =>
      `nats-server --addr 127.0.0.1 --port ${port} --jetstream --store_dir ${folder}`.split(' '),
    );
  }

  private static async of(command: StoreServer['command']): Promise<StoreServer> {
    const server = new StoreServer(await closedPort(), command);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const [name = '', ...args] = this.command(this.port, this.folder);
    this.child = spawn(name, args, { stdio: 'ignore' });
    this.child.on('error', () => undefined); // not installed: nothing will listen, and the test says so
    while (!(await answers(this.port))) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
    this.child = undefined;
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
