import type { Format, Projects, Run } from './installed.js';

/** Runs the CLI on the shop, whose database takes for ever, or refuses. */
export function shop(projects: Projects, format: Format, ...args: readonly string[]): Run {
  const module = 'dist/shop.module.js';
  return projects.run(format, [...args, '--configure', module, '--module', module]);
}
