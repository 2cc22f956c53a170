import 'reflect-metadata';
import awsLambdaFastify from '@fastify/aws-lambda';
import serverlessExpress from '@codegenie/serverless-express';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

interface Answer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>>;
}
type Handler = (event: object, context: object) => Promise<Answer>;
type Strategy = 'hook' | 'interceptor';

const PARTNER = 'https://eu.partner.example';
const EXPECTED: readonly (readonly [
  method: string,
  path: string,
  origin: string,
  expected: string,
])[] = [
  ['OPTIONS', '/orders/7', PARTNER, `204 ${PARTNER}`],
  ['OPTIONS', '/orders/7', 'https://evil.example', '403 undefined'],
  ['GET', '/orders', PARTNER, `200 ${PARTNER}`],
  ['GET', '/orders', 'https://evil.example', '200 undefined'],
];

/** An event of API Gateway, format 2.0. */
function eventOf(method: string, path: string, origin: string): object {
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {
      host: 'api.example.com',
      origin,
      ...(method === 'OPTIONS' && { 'access-control-request-method': 'PUT' }),
    },
    requestContext: { http, stage: '$default', requestId: '1', domainName: 'api.example.com' },
    isBase64Encoded: false,
  };
}

async function handlerOf(adapter: string, strategy: Strategy): Promise<Handler> {
  const module = AppModule.with(strategy, adapter);
  const options = { logger: ['error' as const], abortOnError: false };
  const app =
    adapter === 'express'
      ? await NestFactory.create(module, new ExpressAdapter(), options)
      : await NestFactory.create(module, new FastifyAdapter(), options);
  await app.init();
  const instance = app.getHttpAdapter().getInstance() as never;
  if (adapter === 'express') return serverlessExpress({ app: instance }) as unknown as Handler;
  const handler = awsLambdaFastify(instance) as unknown as Handler;
  await (instance as { ready(): Promise<unknown> }).ready();
  return handler;
}

async function check(adapter: string, strategy: Strategy): Promise<string> {
  const handler = await handlerOf(adapter, strategy);
  for (const [method, path, origin, expected] of EXPECTED) {
    const { statusCode, headers } = await handler(eventOf(method, path, origin), {});
    const answered = `${statusCode} ${String(headers?.['access-control-allow-origin'])}`;
    if (answered !== expected) return `${method} ${path} ${origin}, answered ${answered}`;
  }
  return '';
}

async function main(): Promise<void> {
  Logger.overrideLogger(['error']);
  for (const adapter of ['express', 'fastify'])
    for (const strategy of ['hook', 'interceptor'] as const) {
      const fault = await check(adapter, strategy).catch((error: Error) => error.message);
      console.log(`RESULT ${adapter} ${strategy} ${fault.split('\n')[0]}`);
    }
  process.exit();
}

void main();
