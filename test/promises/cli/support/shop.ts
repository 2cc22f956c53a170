import type { Format, Projects, Run } from './installed.js';

/** The options that name the shop, whose database takes for ever, or refuses. */
export const SHOP = ['--configure', 'dist/shop.module.js', '--module', 'dist/shop.module.js'];

/** Runs the CLI on it. */
export function shop(projects: Projects, format: Format, ...args: readonly string[]): Run {
  return projects.run(format, [...args, ...SHOP]);
}
