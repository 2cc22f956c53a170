import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { GatewayModule } from './gateway.module.js';
import { introduce } from './introduce.js';
import { PORT, PORTS, startServices } from './services/index.js';

function create(): Promise<INestApplication> {
  const logger = ['warn', 'error'] as const;
  return process.argv.includes('--fastify')
    ? NestFactory.create(GatewayModule, new FastifyAdapter(), { logger: [...logger] })
    : NestFactory.create(GatewayModule, { logger: [...logger] });
}

await startServices();
const app = await create();
app.useWebSocketAdapter(new WsAdapter(app));
app.use(
  '/reports',
  createProxyMiddleware({
    target: `http://127.0.0.1:${PORTS.reports}/reports`,
    proxyTimeout: 5000,
  }),
);
await app.listen(PORT);
introduce(app, `http://localhost:${PORT}`);
