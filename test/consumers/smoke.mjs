// Loads the built package by its own name, as import and as require, and boots an application on both platforms. Run
// after `npm run build`: node test/consumers/smoke.mjs
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Controller, Module, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import * as imported from 'nestjs-cors';

const required = createRequire(import.meta.url)('nestjs-cors');
// One process holds one copy of every class, whoever loads it.
assert.equal(required.CorsModule, imported.CorsModule);

const { CorsModule, CorsPolicy } = imported;
const origin = 'https://partner.example';

function application() {
  class Orders {
    update() {}
  }
  const descriptor = Object.getOwnPropertyDescriptor(Orders.prototype, 'update');
  Put(':id')(Orders.prototype, 'update', descriptor);
  CorsPolicy({ origin })(Orders.prototype, 'update', descriptor);
  Controller('orders')(Orders);
  class App {}
  Module({ imports: [CorsModule.forRoot({})], controllers: [Orders] })(App);
  return App;
}

for (const Adapter of [ExpressAdapter, FastifyAdapter]) {
  const app = await NestFactory.create(application(), new Adapter(), { logger: ['error'] });
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/orders/7`;
  const headers = { origin, 'access-control-request-method': 'PUT' };
  const { status, headers: answered } = await fetch(url, { method: 'OPTIONS', headers });
  assert.equal(status, 204);
  assert.equal(answered.get('access-control-allow-origin'), origin);
  await app.close();
  console.log(`${Adapter.name}: the built package answers a preflight`);
}
