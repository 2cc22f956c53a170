import type { AbstractHttpAdapter } from '@nestjs/core';
import { CliError } from '../cli-error.js';

type Adapters = Readonly<Record<string, () => Promise<AbstractHttpAdapter>>>;

const ADAPTERS: Adapters = {
  express: async () => new (await import('@nestjs/platform-express')).ExpressAdapter(),
  fastify: async () => new (await import('@nestjs/platform-fastify')).FastifyAdapter(),
};

/** The adapter of a platform: the one that is named, else the first that is installed. @throws CliError */
export async function createAdapter(platform: string | undefined): Promise<AbstractHttpAdapter> {
  if (platform !== undefined) return adapterOf(platform);
  try {
    return await adapterOf('express');
  } catch {
    return adapterOf('fastify');
  }
}

async function adapterOf(platform: string): Promise<AbstractHttpAdapter> {
  const create = Object.hasOwn(ADAPTERS, platform) ? ADAPTERS[platform] : undefined;
  if (create === undefined)
    throw new CliError(`--platform ${platform}: express or fastify is expected`);
  try {
    return await create();
  } catch (error) {
    throw new CliError(
      `@nestjs/platform-${platform} cannot be loaded: ${(error as Error).message}`,
    );
  }
}
