import { Delete, Get, Module, Param, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { adapterFor, controller } from './application.mjs';
import { load } from './subject.mjs';

const ROUTES_PER_CONTROLLER = 20;

/** Half of a controller's routes are static, half have a parameter. */
function many(name) {
  const handlers = {};
  for (let index = 0; index < ROUTES_PER_CONTROLLER; index += 4) {
    handlers[`list${index}`] = [Get, `all${index}`, () => []];
    handlers[`drop${index}`] = [Delete, `all${index}`, () => ({})];
    handlers[`one${index}`] = [Get, `${index}/:id`, (id) => ({ id }), Param('id')];
    handlers[`put${index}`] = [Put, `${index}/:id`, (id) => ({ id }), Param('id')];
  }
  return controller(name, handlers);
}

/** An application with so many routes, and the paths of those that it registers last. */
export function describeApplication(routes) {
  const names = Array.from(
    { length: Math.ceil(routes / ROUTES_PER_CONTROLLER) },
    (_, index) => `resource${index}`,
  );
  const last = `/${names.at(-1)}`;
  return {
    controllers: names.map(many),
    targets: { static: `${last}/all16`, parametrised: `${last}/16/42` },
  };
}

/** Options of the module for a list of origins and a number of policies, each with the same list. */
export function optionsFor(origin, policies = 1) {
  const names = Array.from({ length: policies }, (_, index) => `policy${index}`);
  const named = names.map((name, index) => [name, { origin, credentials: true, maxAge: index }]);
  return { default: names.at(-1), policies: Object.fromEntries(named) };
}

/** Boots an application without listening; `options` undefined leaves this package out. */
export async function bootWith(platform, controllers, options, configure = () => {}) {
  class Application {}
  const { CorsModule } = await load();
  const imports = options === undefined ? [] : [CorsModule.forRoot(options)];
  Module({ imports, controllers })(Application);
  const app = await NestFactory.create(Application, adapterFor(platform), {
    logger: false,
    abortOnError: false,
  });
  configure(app);
  await app.init();
  if (platform === 'fastify') await app.getHttpAdapter().getInstance().ready();
  return app;
}
