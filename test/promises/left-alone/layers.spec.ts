import { type INestApplication, RequestMethod } from '@nestjs/common';
import fastifyCors from '@fastify/cors';
import cors from 'cors';
import express from 'express';
import { CorsConfigurationError } from 'nestjs-cors';
import { REST } from '../../support/nest-version.js';
import { MATRIX, type PlatformName, type Setup } from '../../support/platforms.js';
import { type Neighbourhood, startBeside } from './support/start.js';

/** A second CORS layer, and where start-up says it is; without `where` it covers a part of the application, and starts. */
interface LayerRow extends Neighbourhood {
  readonly name: string;
  readonly on?: PlatformName;
  readonly where?: string;
}

interface Instance {
  register(plugin: unknown, options?: { readonly prefix: string }): PromiseLike<unknown>;
}

const instanceOf = (app: INestApplication): Instance =>
  app.getHttpAdapter().getInstance() as Instance;

const routerWith = (path?: string): express.Router =>
  path === undefined ? express.Router().use(cors()) : express.Router().use(path, cors());

const REFUSED: readonly LayerRow[] = [
  { name: 'app.use(cors())', where: 'app.use(cors())', configure: (app) => void app.use(cors()) },
  { name: "app.use('/', cors())", where: 'app.use(cors())', configure: (app) => void app.use('/', cors()) },
  { name: "app.use('/{*rest}', cors())", where: 'app.use(cors())', configure: (app) => void app.use('/{*rest}', cors()) },
  { name: 'a list of middleware', where: 'app.use(cors())', configure: (app) => void app.use([cors()]) },
  { name: 'a list of paths, one of them everything', on: 'express', where: 'app.use(cors())', configure: (app) => void app.use(['/legacy', '/{*rest}'], cors()) },
  { name: 'a router that sees everything', on: 'express', where: 'app.use(cors())', configure: (app) => void app.use(routerWith()) },
  { name: '@fastify/cors on the root instance', on: 'fastify', where: '@fastify/cors', configure: async (app) => void (await instanceOf(app).register(fastifyCors)) },
  ...["*", '/*', '{*rest}', '/{*rest}', '*rest', '/*rest'].map((path): LayerRow => ({ name: `forRoutes('${path}')`, where: 'Legacy.configure()', consume: (consumer) => void consumer.apply(cors()).forRoutes(path) })),
  { name: 'forRoutes({ path: *, method: ALL })', where: 'Legacy.configure()', consume: (consumer) => void consumer.apply(cors()).forRoutes({ path: REST, method: RequestMethod.ALL }) },
  { name: 'the second of a chain', where: 'Legacy.configure()', consume: (consumer) => void consumer.apply(cors()).forRoutes('legacy').apply(cors()).forRoutes(REST) },
  { name: 'among other middleware', where: 'Legacy.configure()', consume: async (consumer) => void (await Promise.resolve(consumer.apply(pass, cors()).forRoutes(REST))) },
  { name: 'enableCors()', where: 'app.enableCors()', configure: (app) => app.enableCors() },
  { name: 'NestFactory.create(…, { cors: true })', where: 'cors of NestFactory.create()', create: { cors: true } },
]; // prettier-ignore

const STARTS: readonly LayerRow[] = [
  { name: "app.use('/legacy', cors())", configure: (app) => void app.use('/legacy', cors()) },
  { name: 'a list of paths', configure: (app) => void app.use(['/legacy', '/older'], cors()) },
  { name: 'a router on a path', on: 'express', configure: (app) => void app.use('/legacy', routerWith()) },
  { name: 'a path within a router', on: 'express', configure: (app) => void app.use(routerWith('/legacy')) },
  { name: 'one route', on: 'express', configure: (app) => void app.getHttpAdapter().get('/raw', cors() as never) },
  { name: "forRoutes('legacy')", consume: (consumer) => void consumer.apply(cors()).forRoutes('legacy') },
  { name: "forRoutes('legacy/*rest')", consume: (consumer) => void consumer.apply(cors()).forRoutes(`legacy/${REST}`) },
  { name: 'everything but what is excluded', consume: (consumer) => void consumer.apply(cors()).exclude('fresh').forRoutes(REST) },
  { name: 'other middleware for everything', consume: (consumer) => void consumer.apply(pass).forRoutes(REST) },
  { name: 'one method', consume: (consumer) => void consumer.apply(cors()).forRoutes({ path: REST, method: RequestMethod.GET }) },
  { name: '@fastify/cors inside an encapsulated plugin', on: 'fastify', configure: async (app) => void (await instanceOf(app).register(async (plugin: Instance) => void (await plugin.register(fastifyCors)), { prefix: '/plugin' })) },
]; // prettier-ignore

function pass(_request: unknown, _response: unknown, next: () => void): void {
  next();
}

function start({ platform, strategy }: Setup, row: LayerRow): Promise<unknown> {
  return startBeside(platform, row, { options: {}, strategy }).then((app) => app.close());
}

const failure = (starting: Promise<unknown>): Promise<unknown> =>
  starting.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(MATRIX)('a second CORS layer on $title', (setup) => {
  const here = ({ on = setup.platform }: LayerRow): boolean => on === setup.platform;

  it.each(REFUSED.filter(here))('that covers the application is refused: $name', async (row) => {
    const error = await failure(start(setup, row));
    expect(error).toBeInstanceOf(CorsConfigurationError);
    const { issues } = error as CorsConfigurationError;
    expect(issues.map(({ code, where }) => [code, where])).toEqual([
      ['second-cors-layer', row.where],
    ]);
  });

  it.each(STARTS.filter(here))('that covers a part of it starts: $name', async (row) => {
    expect(await failure(start(setup, row))).toBeUndefined();
  });

  it('is refused with the place of the call, which may be in a dependency', async () => {
    const error = await failure(
      start(setup, { name: 'call', configure: (app) => dependency(app) }),
    );
    expect((error as Error).message).toMatch(/it is made at dependency .*layers\.spec\.ts:\d+:\d+/);
  });
});

function dependency(app: INestApplication): void {
  app.enableCors();
}
