import { writeFileSync } from 'node:fs';
import { installed, type Run } from './installed.js';

/** A project with one live policy, `tenants`, as the CLI finds it. */
export interface LiveProject {
  /** @param module in place of the one that has the policy */
  run(args: readonly string[], environment?: Record<string, string>, module?: string): Promise<Run>;
  /** Runs where no client of a store is installed. */
  runAlone(args: readonly string[]): Run;
  /** A file with lists of live policies. */
  file(policies: unknown): string;
  remove(): void;
}

export function liveProject(): LiveProject {
  const projects = installed();
  const commandLine = projects.living('esm');
  return {
    run: (args, environment, module = 'dist/live.module.js') =>
      commandLine.run([...args, '--module', module], environment),
    runAlone: (args) => projects.runAlone(args),
    file: (policies) => {
      const path = projects.file('lists.json');
      writeFileSync(path, JSON.stringify(policies));
      return path;
    },
    remove: () => {
      commandLine.close();
      projects.remove();
    },
  };
}

/** The list of the one live policy. */
export function lists(...origin: string[]): { tenants: { origin: string[] } } {
  return { tenants: { origin } };
}
