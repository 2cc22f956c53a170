// One application under an agent that was loaded before it: sends it requests and prints what became of them, and what the
// agent calls them. agents.mjs starts one process per agent, platform and strategy.
import 'reflect-metadata';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Get, Module, Put, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';

const [platform, strategy, namesExpected] = process.argv.slice(2);
const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
const ORIGIN = 'https://partner.example';
const STRANGER = 'https://stranger.example';
const ran = [];

/** Applies decorators without their syntax, which Node does not read. */
function route(type, name, handler, ...decorators) {
  type.prototype[name] = handler;
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
  for (const decorate of decorators.reverse()) decorate(type.prototype, name, descriptor);
}

class Turnstile {
  canActivate() {
    throw new UnauthorizedException();
  }
}

class Orders {}
route(Orders, 'one', () => 'an order', Get(':id'));
route(Orders, 'update', () => 'updated', Put(':id'));
route(Orders, 'members', () => 'members', Get(':id/members'), UseGuards(Turnstile));
route(Orders, 'catalogue', () => 'goods', Get('catalogue/of/:year'), CorsPolicy('public'));
route(Orders, 'sealed', () => 'sealed', Get(':id/sealed'), NoCors());
const closed = () => ran.push('closed') && 'closed';
route(Orders, 'closed', closed, Get(':id/closed'), CorsPolicy('closed'));
CorsPolicy('partners')(Orders);
Controller('orders')(Orders);

const policies = {
  partners: { origin: ORIGIN },
  public: { origin: '*' },
  closed: { origin: ORIGIN, ...(strategy === 'hook' && { denied: 'reject' }) },
};

class App {}
Module({
  controllers: [Orders],
  imports: [CorsModule.forRoot({ strategy, policies })],
})(App);

const app = await NestFactory.create(App, adapter, { logger: ['error'] });
app.setGlobalPrefix('api');
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address();

/** `200 https://partner.example`: the status, and the origin that may read the response. */
function ask(method, path, headers) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const allowed = response.headers['access-control-allow-origin'] ?? '-';
      response.resume().on('end', () => resolve(`${response.statusCode} ${allowed}`));
    });
    sent.end();
  });
}

const preflight = { origin: ORIGIN, 'access-control-request-method': 'PUT' };
const answers = {
  allowed: await ask('GET', '/api/orders/7', { origin: ORIGIN }),
  denied: await ask('GET', '/api/orders/7', { origin: STRANGER }),
  public: await ask('GET', '/api/orders/catalogue/of/2020', { origin: STRANGER }),
  sealed: await ask('GET', '/api/orders/7/sealed', { origin: ORIGIN }),
  guarded: await ask('GET', '/api/orders/7/members', { origin: ORIGIN }),
  preflight: await ask('OPTIONS', '/api/orders/7', preflight),
  rejected: await ask('GET', '/api/orders/7/closed', { origin: STRANGER }),
};

/** Some agents name a request only once they are about to send it. */
async function namesOfRequests() {
  let names = [];
  for (let patience = 100; patience > 0 && names.length < Number(namesExpected); patience -= 1) {
    await wait(50);
    names = await globalThis.namesOfRequests();
  }
  return names;
}

const names = await namesOfRequests();
await app.close();
process.stdout.write(`\n${JSON.stringify({ answers, names, ran })}\n`, () => process.exit(0));
