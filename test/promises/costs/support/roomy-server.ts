import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import type { RawRequest } from '../../../support/raw.js';
import { pipeline, wire } from '../../../support/connection.js';
import { fuzzedModule } from '../../../support/fuzz-app.js';
import { MAX_HEADER_SIZE } from './long-requests.js';

/** An application that accepts longer headers than Node does by default. */
export interface RoomyServer {
  readonly port: number;
  /** Sends the request and sees that the application answered it, not Node. */
  answer(request: RawRequest | undefined): Promise<void>;
  close(): Promise<void>;
}

export async function startRoomy(platform: PlatformName): Promise<RoomyServer> {
  const adapter =
    platform === 'express'
      ? createAdapter('express')
      : new FastifyAdapter({ http: { maxHeaderSize: MAX_HEADER_SIZE } } as object);
  const module = fuzzedModule({ title: '', platform, strategy: 'hook' });
  const app = await NestFactory.create(module, adapter, { logger: false });
  const server = await listen(app, platform);
  server.maxHeadersCount = 0; // no limit: from Node 22 on, lines beyond it are refused with 431
  const { port } = server.address() as AddressInfo;
  return {
    port,
    answer: async (request) => {
      const responses = await pipeline(port, [wire(request ?? { path: '/' })]);
      const [status = 0] = responses.map((response) => response.status);
      if (status === 0 || status === 431 || status >= 500) throw new Error(`answered ${status}`);
    },
    close: async () => {
      if (server !== app.getHttpServer()) await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}

/** Nest's Express adapter takes no options for its server, so the instance gets another one. */
async function listen(app: INestApplication, platform: PlatformName): Promise<Server> {
  if (platform === 'fastify') {
    await app.listen(0, '127.0.0.1');
    return app.getHttpServer() as Server;
  }
  await app.init();
  const instance = app.getHttpAdapter().getInstance() as RequestListener;
  const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE }, instance);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
