// Loads the built package by its own name, as import and as require, and boots an application on both platforms. Run
// after `npm run build`: node test/consumers/smoke.mjs
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { Controller, Module, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import * as imported from 'nestjs-cors';
import { CorsInspectorModule } from 'nestjs-cors/inspector';

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
  Module({
    imports: [CorsModule.forRoot({}), CorsInspectorModule.forRoot()],
    controllers: [Orders],
  })(App);
  return App;
}

/** The page's files are put into the code by the build: the one thing about it that only the built package shows. */
async function findPage(url) {
  const page = await (await fetch(url)).text();
  const files = readdirSync(new URL('../../lib/inspector/assets', import.meta.url));
  for (const file of files.filter((name) => !name.endsWith('.html'))) {
    const answer = await fetch(new URL(`./cors/assets/${file}`, url));
    assert.equal(answer.status, 200, file);
    assert.ok((await answer.text()).length > 100, file);
  }
  const linked = [...page.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, file]) => basename(file));
  assert.ok(linked.length > 0 && linked.every((name) => files.includes(name)), linked.join());
}

for (const Adapter of [ExpressAdapter, FastifyAdapter]) {
  const app = await NestFactory.create(application(), new Adapter(), { logger: ['error'] });
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/orders/7`;
  const headers = { origin, 'access-control-request-method': 'PUT' };
  const { status, headers: answered } = await fetch(url, { method: 'OPTIONS', headers });
  assert.equal(status, 204);
  assert.equal(answered.get('access-control-allow-origin'), origin);
  await findPage(`${await app.getUrl()}/cors`);
  await app.close();
  console.log(
    `${Adapter.name}: the built package answers a preflight, and serves the inspector's page`,
  );
}
