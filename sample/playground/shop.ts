import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { CorsModuleOptions } from 'nestjs-cors';
import type { Server } from 'node:http';
import { ExchangeLog } from './exchanges.js';
import { PlaygroundModule } from './playground.module.js';

/** The API, which is started anew for other policies. */
export class Shop {
  private running: INestApplication | undefined;

  constructor(
    private readonly port: number,
    private readonly fastify: boolean,
  ) {}

  get app(): INestApplication {
    if (this.running === undefined) throw new Error('the shop is closed');
    return this.running;
  }

  /** @throws CorsConfigurationError for what only start-up sees; the shop stays as it was */
  async open(options: CorsModuleOptions): Promise<void> {
    const app = await this.create(options);
    await app.init();
    await this.close();
    this.running = app;
    await app.listen(this.port, '127.0.0.1');
  }

  async close(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    if (running === undefined) return;
    const closed = running.close();
    (running.getHttpServer() as Server).closeAllConnections();
    await closed;
  }

  private async create(options: CorsModuleOptions): Promise<INestApplication> {
    const module = PlaygroundModule.under(options);
    const nest = { logger: ['error' as const], abortOnError: false };
    const app = this.fastify
      ? await NestFactory.create(module, new FastifyAdapter(), nest)
      : await NestFactory.create(module, nest);
    const log = app.get(ExchangeLog);
    const server = app.getHttpServer() as Server;
    server.prependListener('request', (request, response) => log.observe(request, response));
    return app;
  }
}
