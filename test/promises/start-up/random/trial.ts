import { Controller, Get, type INestApplication, Put, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { CorsConfigurationError, CorsModule, CorsPolicy } from 'nestjs-cors';
import { Builder } from './build.js';
import type { Described } from './description.js';
import { Client } from './exchange.js';
import { broken, type Observation } from './invariants.js';
import { allows, members, Reference } from './reference.js';

export type Outcome = 'refused' | 'sound';

type Module = Parameters<typeof CorsModule.forRoot>[0];
type Declared = Parameters<typeof CorsPolicy>[0];

const PATHS = ['/c', '/p0', '/p1', '/nowhere'];
const ODD_ORIGINS = [
  'null',
  'https://evil.test',
  'https://app.test.evil.test',
  'https://\u00e4.test',
  '*',
  'a, b',
];
const PREFLIGHTS: readonly Record<string, string>[] = [
  { 'Access-Control-Request-Method': 'PUT' },
  { 'Access-Control-Request-Method': 'DELETE', 'Access-Control-Request-Headers': 'x-a,content-type' },
  { 'Access-Control-Request-Method': 'p\u00fct', 'Access-Control-Request-Headers': 'x-\u00e4, y\tz' },
]; // prettier-ignore

/** Starts the application, and where it starts holds the invariants against it. Throws what must not happen. */
export async function trial(described: Described): Promise<Outcome> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = described.production ? 'production' : 'test';
  const builder = new Builder();
  let app: INestApplication | undefined;
  try {
    const { errors } = CorsModule.validate(new Builder().options(described.module) as Module);
    app = await start(described, builder);
    if (errors.length > 0) throw new Error(`validate() said ${errors[0]?.message}, and the application started`);
    const { port } = app.getHttpServer().address() as AddressInfo;
    await hold(new Client(port), described, builder);
    return 'sound';
  } catch (error) {
    if (error instanceof CorsConfigurationError) return 'refused';
    throw error;
  } finally {
    await app?.close();
    process.env['NODE_ENV'] = before;
  }
} // prettier-ignore

async function start(described: Described, builder: Builder): Promise<INestApplication> {
  const options = builder.options(described.module) as Module;
  const module = {
    module: class Root {},
    imports: [CorsModule.forRoot(options)],
    controllers: [controllerOf(described, builder)],
  };
  const adapter = described.platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(module, adapter, { abortOnError: false, logger: false });
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

function controllerOf({ onClass, onHandler }: Described, builder: Builder): Type {
  @Controller('c')
  class Random {
    @Get() read(): string {
      return 'read';
    }
    @Put() write(): string {
      return 'written';
    }
  }
  if (onClass !== undefined) CorsPolicy(builder.value(onClass) as Declared)(Random);
  const { prototype } = Random;
  for (const key of ['read', 'write']) {
    const decorate = onHandler && CorsPolicy(builder.value(onHandler) as Declared);
    decorate?.(prototype, key, Object.getOwnPropertyDescriptor(prototype, key) ?? {});
  }
  return Random;
}

async function hold(client: Client, described: Described, builder: Builder): Promise<void> {
  try {
    const first = await observe(client, described);
    for (const observation of first) check(observation);
    builder.vandalise();
    const second = await observe(client, described);
    for (const [index, { answer }] of second.entries())
      if (JSON.stringify(withoutDate(answer)) !== JSON.stringify(withoutDate(first[index]?.answer)))
        throw new Error(`changed by changing the options: ${JSON.stringify([first[index], answer])}`);
  } finally {
    client.close();
  }
} // prettier-ignore

function check(observation: Observation): void {
  const faults = [...broken(observation), ...incomplete(observation)];
  if (faults.length > 0) throw new Error(`${faults.join('; ')} in ${JSON.stringify(observation)}`);
}

function withoutDate(answer: Observation['answer'] | undefined): object {
  return { ...answer, headers: { ...answer?.headers, date: [] } };
}

/** Completeness: what is configured is allowed, wherever the strategy reaches. */
function incomplete({ method, sent, answer, policy }: Observation): readonly string[] {
  const { Origin = '' } = sent;
  if (method !== 'GET' || !members(policy).includes(Origin)) return [];
  const [allowed] = answer.headers['access-control-allow-origin'] ?? [];
  return allowed === undefined && allows(policy, Origin)
    ? ['an origin that is configured is denied']
    : [];
}

async function observe(client: Client, described: Described): Promise<readonly Observation[]> {
  const reference = new Reference(described);
  const observations: Observation[] = [];
  for (const path of reference.hook ? PATHS : ['/c']) {
    const known = members(reference.at(path, 'GET'));
    for (const Origin of [...known.slice(0, 3), ...known.slice(0, 1).map(damaged), ...ODD_ORIGINS]) {
      for (const sent of [{ Origin }, ...PREFLIGHTS.map((headers) => ({ Origin, ...headers }))]) {
        const requested: string | undefined = (sent as Record<string, string>)['Access-Control-Request-Method'];
        const method = requested === undefined ? 'GET' : 'OPTIONS';
        const about = { method, path, sent, policy: reference.at(path, requested ?? method), debug: reference.debug };
        observations.push({ ...about, answer: await client.send(method, path, sent) });
      }
    }
  }
  return observations;
} // prettier-ignore

function damaged(origin: string): string {
  return origin.replace('://', '://evil');
}
