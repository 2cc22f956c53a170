import { createRequire } from 'node:module';

/** The major version of Nest that is installed: the promises are also run on earlier ones. */
export const NEST = Number(
  (
    createRequire(import.meta.url)('@nestjs/core/package.json') as { version: string }
  ).version.split('.')[0],
);

/** A wildcard as that Nest writes it on Express; `path-to-regexp` has named ones since Nest 11. */
export const REST = NEST >= 11 ? '*rest' : '*';

/** A path and what is below it, for middleware. */
export function below(path: string): string[] {
  return NEST >= 11 ? [`${path}{/*rest}`] : [path, `${path}/(.*)`];
}
