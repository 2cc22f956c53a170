import { type ChildProcess, fork } from 'node:child_process';
import { ask } from '../../../support/ask-process.js';
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
    await ask(server.child, { platform } satisfies Told);
    return server;
  }

  /** @returns blocks of the library that ran for it */
  blocks(name: string, size: number): Promise<number> {
    return ask(this.child, { name, size } satisfies Told);
  }

  close(): void {
    this.child.kill();
  }
}
