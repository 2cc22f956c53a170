import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Told } from './counted-server.js';

/** What is compiled into its caller would no longer be counted. */
const UNOPTIMIZED = ['--no-opt', '--no-maglev'];

/** A server in a process of its own, whose every function has a counter. */
export class CountedServer {
  private constructor(private readonly child: ChildProcess) {}

  static async start(platform: 'express' | 'fastify'): Promise<CountedServer> {
    const execArgv = [...UNOPTIMIZED, '--import', './test/support/runner/load-sources.mjs'];
    const server = new CountedServer(
      fork('test/promises/costs/support/counted-server.ts', { execArgv }),
    );
    await server.tell({ platform });
    return server;
  }

  /** @returns blocks of the library that ran for it */
  blocks(name: string, size: number): Promise<number> {
    return this.tell({ name, size });
  }

  close(): void {
    this.child.kill();
  }

  private async tell(told: Told): Promise<number> {
    const stopped = new AbortController();
    const stop = (): void => stopped.abort(new Error('the counted server has stopped'));
    this.child.once('exit', stop);
    try {
      const answered = once(this.child, 'message', { signal: stopped.signal });
      this.child.send(told);
      const [blocks] = (await answered) as [number];
      return blocks;
    } finally {
      this.child.off('exit', stop);
    }
  }
}
