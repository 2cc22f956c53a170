import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { CorsStrategy } from 'nestjs-cors';

export type PlatformName = 'express' | 'fastify';

/** One cell of the matrix that behaviour is tested on. */
export interface Setup {
  readonly title: string;
  readonly platform: PlatformName;
  readonly strategy: CorsStrategy;
}

export const PLATFORMS: readonly PlatformName[] = ['express', 'fastify'];
export const STRATEGIES: readonly CorsStrategy[] = ['hook', 'interceptor'];

/** For `describe.each(MATRIX)('$title', …)`. */
export const MATRIX: readonly Setup[] = PLATFORMS.flatMap((platform) =>
  STRATEGIES.map((strategy) => ({ title: `${platform} × ${strategy}`, platform, strategy })),
);

export interface AdapterOptions {
  readonly trustProxy?: boolean;
  readonly bodyLimit?: number;
}

export function createAdapter(
  platform: PlatformName,
  { trustProxy = false, bodyLimit = 1024 * 100 }: AdapterOptions = {},
): AbstractHttpAdapter {
  if (platform === 'fastify') return new FastifyAdapter({ trustProxy, bodyLimit });
  const adapter = new ExpressAdapter();
  if (trustProxy) adapter.set('trust proxy', true);
  return adapter;
}
