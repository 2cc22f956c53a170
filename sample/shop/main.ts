import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CorsInspector } from 'nestjs-cors';
import { AppModule } from './app.module.js';

const PORT = Number(process.env['PORT'] ?? 3000);

function create(): Promise<INestApplication> {
  const logger = ['warn', 'error'] as const;
  return process.argv.includes('--fastify')
    ? NestFactory.create(AppModule, new FastifyAdapter(), { logger: [...logger] })
    : NestFactory.create(AppModule, { logger: [...logger] });
}

function introduce(app: INestApplication, url: string): void {
  const { log } = console;
  log(`\nThe shop runs on ${app.getHttpAdapter().getType()} at ${url}\n`);
  log(app.get(CorsInspector).table());
  log(`
A partner's preflight, although the guard rejects whoever is not signed in: 204, with the partner's origin and PUT
  curl -i -X OPTIONS ${url}/orders/7 -H 'Origin: https://eu.partner.example' -H 'Access-Control-Request-Method: PUT'
A stranger with a similar name: 403 without any Access-Control-* header
  curl -i -X OPTIONS ${url}/orders/7 -H 'Origin: https://partner.example.evil.test' -H 'Access-Control-Request-Method: PUT'
The guard's 401, readable by the dashboard: Access-Control-Allow-Origin: https://app.example.com
  curl -i ${url}/dashboard -H 'Origin: https://app.example.com'
`);
}

const app = await create();
await app.listen(PORT);
introduce(app, `http://localhost:${PORT}`);
