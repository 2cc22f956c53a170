import 'reflect-metadata';
import { Body, Controller, Delete, Get, Module, Param, Post, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ORIGINS } from './requests.mjs';
import { load } from './subject.mjs';

const POLICY = { origin: ORIGINS, credentials: true, maxAge: 600 };

/** What the same application is given: nothing, Nest's own CORS, this package in its two strategies. */
export const VARIANTS = ['none', 'enableCors', 'hook', 'interceptor'];

export function adapterFor(platform) {
  return platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
}

/** A controller as a class with decorators would be; plain JavaScript has none. */
export function controller(path, handlers, decorators = []) {
  class BenchController {}
  for (const [name, [Method, route, handler, ...parameters]] of Object.entries(handlers)) {
    BenchController.prototype[name] = handler;
    const descriptor = Object.getOwnPropertyDescriptor(BenchController.prototype, name);
    Method(route)(BenchController.prototype, name, descriptor);
    for (const [index, parameter] of parameters.entries()) {
      parameter(BenchController.prototype, name, index);
    }
  }
  for (const decorate of [Controller(path), ...decorators]) decorate(BenchController);
  return BenchController;
}

const items = () =>
  controller('items', {
    list: [Get, '', () => [{ id: 1 }]],
    create: [Post, '', (body) => ({ created: body.name }), Body()],
    one: [Get, ':id', (id) => ({ id, name: 'coffee', price: 3.5, stock: true }), Param('id')],
    replace: [Put, ':id', (id) => ({ id }), Param('id')],
    remove: [Delete, ':id', (id) => ({ id }), Param('id')],
  });

/** Routes beside those that are asked for, as in a small application. */
const others = () =>
  ['users', 'orders', 'invoices'].map((path) =>
    controller(path, {
      list: [Get, '', () => []],
      create: [Post, '', () => ({})],
      one: [Get, ':id', () => ({})],
      replace: [Put, ':id', () => ({})],
      remove: [Delete, ':id', () => ({})],
    }),
  );

async function corsModules(variant) {
  if (variant !== 'hook' && variant !== 'interceptor') return [];
  const { CorsModule } = await load();
  return [CorsModule.forRoot({ strategy: variant, default: 'app', policies: { app: POLICY } })];
}

/** An interceptor that costs no more than Nest itself takes for one. */
const IDLE = { intercept: (_context, next) => next.handle() };

/** The same headers, about which nothing decides: Node's own share. */
function setHeaders(server) {
  const { emit } = server;
  server.emit = function (event, request, response) {
    if (event === 'request') {
      const { origin } = request.headers;
      response.setHeader('Vary', 'Origin');
      if (origin !== undefined) {
        response.setHeader('Access-Control-Allow-Origin', origin);
        response.setHeader('Access-Control-Allow-Credentials', 'true');
      }
    }
    return emit.call(this, event, request, response);
  };
}

/** Boots one of the applications on a free port of the loopback interface. */
export async function boot(platform, variant) {
  class Application {}
  Module({ imports: await corsModules(variant), controllers: [...others(), items()] })(Application);
  const app = await NestFactory.create(Application, adapterFor(platform), {
    logger: false,
    abortOnError: false,
  });
  if (variant === 'enableCors') app.enableCors(POLICY);
  if (variant === 'idle interceptor') app.useGlobalInterceptors(IDLE);
  if (variant === 'headers alone') setHeaders(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  return app;
}
