import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { ask } from '../../../support/ask-process.js';
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

  run(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
    return ask(this.host, { args, environment });
  }

  close(): void {
    this.host.kill();
  }
}
