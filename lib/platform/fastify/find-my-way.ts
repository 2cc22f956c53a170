import { createRequire } from 'node:module';
import { join } from 'node:path';
import ownRequire from '../../own-require.cjs';

/** The part of find-my-way, Fastify's router, that is used. */
export interface FindMyWay {
  on(method: string, path: string, options: object, handler: () => void, store: unknown): void;
  find(
    method: string,
    path: string,
    constraints: object,
  ): { readonly store: unknown; readonly params: Record<string, string | undefined> } | null;
}

export type FindMyWayConstructor = (options: object) => FindMyWay;

type Resolver = Pick<NodeJS.Require, 'resolve'> & ((id: string) => unknown);

/**
 * Loads the copy of find-my-way that Fastify itself uses: only the same code decides the same way.
 * @throws Error when it is not to be found
 */
export function loadFindMyWay(): FindMyWayConstructor {
  const starts = [
    ownRequire as Resolver,
    from(process.argv[1]),
    from(join(process.cwd(), 'index.js')),
  ];
  for (const start of starts) {
    try {
      const platform = start && createRequire(start.resolve('@nestjs/platform-fastify'));
      if (platform)
        return createRequire(platform.resolve('fastify'))('find-my-way') as FindMyWayConstructor;
    } catch {
      continue; // not installed as seen from there
    }
  }
  throw new Error(
    "Fastify's router (find-my-way) is not to be found from here, so preflights cannot be routed as Fastify would; install @nestjs/platform-fastify beside nestjs-cors and leave both out of bundles",
  );
}

function from(file: string | undefined): Resolver | undefined {
  return file === undefined ? undefined : createRequire(file);
}
