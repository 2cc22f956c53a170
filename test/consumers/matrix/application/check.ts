import 'reflect-metadata';
import { type INestApplication, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { prepare, probes } from './neighbours.js';

const PARTNER = 'https://eu.partner.example';
const EVIL = 'https://evil.example';
const STRATEGIES = ['hook', 'interceptor'] as const;
const ADAPTERS = ['express', 'fastify'] as const;

/** `PUT` for a preflight, else a `GET`; the origin; what is expected: the status, and the origin that is allowed. */
export type Probe = readonly [path: string, asked: string, origin: string, expected: string];

const PROBES: readonly Probe[] = [
  ['/orders/7', 'PUT', PARTNER, `204 ${PARTNER}`],
  ['/orders/7', 'PUT', EVIL, '403 null'],
  ['/orders', 'GET', PARTNER, `200 ${PARTNER}`],
  ['/orders', 'GET', EVIL, '200 null'],
  ['/orders/shops', 'GET', 'https://shop-7.example.com', '200 https://shop-7.example.com'],
  ['/orders/hidden', 'GET', PARTNER, '200 null'],
  ['/orders/events', 'GET', PARTNER, `200 ${PARTNER}`],
];

const STOCK: readonly Probe[] = [['/orders', 'GET', PARTNER, '200 null']];

async function answer(base: string, [path, asked, origin]: Probe): Promise<string> {
  const headers = { origin, 'access-control-request-method': 'PUT' };
  const init =
    asked === 'GET' ? { headers: { origin } } : { method: 'OPTIONS', headers, body: null };
  const response = await fetch(`${base}${path}`, init);
  await response.text();
  return `${response.status} ${response.headers.get('access-control-allow-origin')}`;
}

async function create(
  adapter: string,
  strategy: 'hook' | 'interceptor',
): Promise<INestApplication> {
  const module = AppModule.with(strategy, adapter);
  const options = { logger: ['error' as const], abortOnError: false };
  return adapter === 'express'
    ? NestFactory.create(module, new ExpressAdapter(), options)
    : NestFactory.create(module, new FastifyAdapter(), options);
}

/** Boots an application and answers with its first fault; empty where there is none. */
export async function check(adapter: string, strategy: 'hook' | 'interceptor'): Promise<string> {
  const app = await create(adapter, strategy);
  try {
    await prepare(app, adapter);
    await app.listen(0, '127.0.0.1');
    const base = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    const further = strategy === 'hook' ? probes : [];
    for (const probe of process.env['STOCK'] ? STOCK : [...PROBES, ...further]) {
      const answered = await answer(base, probe);
      if (answered !== probe[3]) return `${probe.join(' ')}, answered ${answered}`;
    }
    return '';
  } finally {
    await app.close();
  }
}

export async function checkAll(): Promise<void> {
  Logger.overrideLogger(['error']);
  for (const adapter of ADAPTERS)
    for (const strategy of STRATEGIES) {
      const fault = await check(adapter, strategy).catch((error: Error) => error.message);
      console.log(`RESULT ${adapter} ${strategy} ${fault.split('\n')[0]}`);
    }
}
