import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Run } from './installed.js';

const HOST = join(process.cwd(), 'test/promises/cli/support/host.mjs');

/**
 * A command line that lives on between its runs, in the folder of a project. It shows what is answered; what a process shows besides (how it
 * ends, what an application prints or reads while it is imported) takes a process a run.
 */
export class LivingCommandLine {
  private readonly host: ChildProcess;

  constructor(project: string, main: string) {
    this.host = fork(HOST, [main], { cwd: project, execArgv: [] });
  }

  async run(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
    const ended = new AbortController();
    const end = (): void => ended.abort(new Error('the command line has ended its process'));
    this.host.once('exit', end);
    try {
      const answered = once(this.host, 'message', { signal: ended.signal });
      this.host.send({ args, environment });
      const [run] = (await answered) as [Run];
      return run;
    } finally {
      this.host.off('exit', end);
    }
  }

  close(): void {
    this.host.kill();
  }
}
