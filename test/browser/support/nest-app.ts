import 'reflect-metadata';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Platform = 'express' | 'fastify';

export const PLATFORMS: readonly Platform[] = ['express', 'fastify'];

/** More than this is answered with 413. */
export const BODY_LIMIT = 1024;

class TestModule {}

/** A Nest application that is not listening yet; both platforms overlook trailing slashes and refuse large bodies. */
export async function createNest(
  platform: Platform,
  metadata: ModuleMetadata,
): Promise<INestApplication> {
  const module = { module: TestModule, ...metadata };
  const options = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.create(module, createAdapter(platform), options);
  if (platform === 'express') {
    (app as NestExpressApplication).useBodyParser('json', { limit: BODY_LIMIT });
  }
  return app;
}

export async function listen(app: INestApplication): Promise<number> {
  await app.listen(0, '127.0.0.1');
  return ((app.getHttpServer() as Server).address() as AddressInfo).port;
}

export function createAdapter(platform: Platform): AbstractHttpAdapter {
  if (platform === 'express') return new ExpressAdapter();
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    routerOptions: { ignoreTrailingSlash: true },
  });
}
