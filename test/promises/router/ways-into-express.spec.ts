import { All, Controller, Get, type INestApplication, Put, RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CorsPolicy, NoCors, type CorsModuleOptions } from 'nestjs-cors';
import { get, preflight } from '../../support/row.js';
import { APP, PARTNER } from '../../support/origins.js';
import { STRATEGIES } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { rootModule } from '../../support/test-app.js';
import { listed, verdict } from '../../support/verdict.js';

@CorsPolicy({ origin: APP })
@Controller('door')
class DoorController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
  @NoCors() @Get('closed') closed(): string {
    return 'closed';
  }
  @All('any') any(): string {
    return 'any';
  }
}

@CorsPolicy({ origin: PARTNER })
@Controller({ path: 'door', host: 'partner.test' })
class HostedController {
  @Get('hosted') read(): string {
    return 'hosted';
  }
}

const NEST: CorsModuleOptions = { default: { origin: 'https://default.example' } };

/** A Nest application that has routes and does not listen. */
async function nest(
  configure: (instance: Express, app: INestApplication) => void = () => {},
  cors: CorsModuleOptions = NEST,
  strategy: 'hook' | 'interceptor' = 'hook',
): Promise<{ app: INestApplication; instance: Express }> {
  const instance = express();
  const controllers = [HostedController, DoorController];
  const app = await NestFactory.create(
    rootModule({ cors, controllers }, strategy),
    new ExpressAdapter(instance),
    { logger: false, abortOnError: false },
  );
  configure(instance, app);
  await app.init();
  return { app, instance };
}

async function serve(parent: Express): Promise<{ server: Server; port: number }> {
  const server = createServer(parent);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

describe.each(STRATEGIES)('an Express application under a path of another one, %s', (strategy) => {
  let app: INestApplication;
  let server: Server;
  let port = 0;

  const read = async (path: string, origin: string, host = 'localhost'): Promise<string> =>
    verdict(await send(port, get(path, origin, [['Host', host]])));
  const ask = async (path: string, method: string, origin: string, host = 'localhost') =>
    verdict(await send(port, preflight(path, method, origin, undefined, [['Host', host]])));

  beforeAll(async () => {
    const mounted = await nest(undefined, NEST, strategy);
    app = mounted.app;
    const parent = express();
    parent.get('/door', (_request, response) => void response.send('parent'));
    parent.use('/nested', mounted.instance);
    ({ server, port } = await serve(parent));
  });

  afterAll(async () => {
    await app.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('keeps its policies below the path', async () => {
    expect(await read('/nested/door', APP)).toBe(`200 ${APP}`);
    expect(await read('/nested/door/closed', APP)).toBe('200 -');
    expect(await ask('/nested/door', 'PUT', APP)).toBe(`204 ${APP}`);
    expect(await ask('/nested/door', 'PUT', PARTNER)).toBe('403 -');
    expect(await ask('/nested/door/closed', 'GET', APP)).toBe('403 -');
  });

  it('judges an @All() route below the path like any other', async () => {
    expect(await read('/nested/door/any', APP)).toBe(`200 ${APP}`);
    expect(await ask('/nested/door/any', 'PUT', APP)).toBe(`204 ${APP}`);
    const defaults = 'https://default.example';
    expect(await ask('/nested/door/any', 'PUT', defaults)).toBe('403 -');
  });

  it('keeps host-bound controllers apart', async () => {
    expect(await read('/nested/door/hosted', PARTNER, 'partner.test')).toBe(`200 ${PARTNER}`);
    expect(await ask('/nested/door/hosted', 'GET', PARTNER, 'partner.test')).toBe(`204 ${PARTNER}`);
    expect(await ask('/nested/door/hosted', 'GET', APP, 'partner.test')).toBe('403 -');
  });

  it('leaves the parent alone, and what neither of them serves', async () => {
    expect(await read('/door', APP)).toBe('200 -');
    expect(await ask('/door', 'PUT', APP)).toMatch(/^(200|204) -$/);
    expect(await read('/nowhere', APP)).toBe('404 -');
  });
});

function raw(instance: Express): void {
  instance.get('/raw', (_request, response) => void response.send('raw'));
  instance.get('/door', (_request, response) => void response.send('raw door'));
}

describe('what an Express instance carries besides Nest', () => {
  const open: Server[] = [];
  const apps: INestApplication[] = [];

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await Promise.all(open.splice(0).map((one) => new Promise((resolve) => one.close(resolve))));
  });

  async function boot(...args: Parameters<typeof nest>): Promise<number> {
    const { app, instance } = await nest(...args);
    const { server, port } = await serve(instance);
    apps.push(app);
    open.push(server);
    return port;
  }

  const PATHS: CorsModuleOptions = {
    ...NEST,
    paths: [
      { path: '/sub/*rest', policy: { origin: PARTNER } },
      { path: '/raw', policy: { origin: PARTNER }, methods: ['GET', 'PUT'] },
    ],
  };

  it('a sub-application is what `paths` says of it', async () => {
    const sub = express();
    sub.get('/page', (_request, response) => void response.send('page'));
    const port = await boot((instance) => void instance.use('/sub', sub), PATHS);
    expect(verdict(await send(port, get('/sub/page', PARTNER)))).toBe(`200 ${PARTNER}`);
    expect(verdict(await send(port, get('/sub/page', APP)))).toBe('200 -');
    expect(verdict(await send(port, preflight('/sub/page', 'PUT', PARTNER)))).toBe(
      `204 ${PARTNER}`,
    );
    expect(verdict(await send(port, get('/sub/nowhere', PARTNER)))).toBe(`404 ${PARTNER}`);
    expect(verdict(await send(port, get('/door', APP)))).toBe(`200 ${APP}`);
  });

  it('routers and static files by app.use() are too', async () => {
    const router = express.Router();
    router.put('/thing', (_request, response) => void response.send('thing'));
    const port = await boot((instance) => {
      instance.use('/sub', router, express.static(new URL('.', import.meta.url).pathname));
    }, PATHS);
    expect(verdict(await send(port, preflight('/sub/thing', 'PUT', PARTNER)))).toBe(
      `204 ${PARTNER}`,
    );
    const file = await send(port, get('/sub/ways-into-express.spec.ts', PARTNER));
    expect([verdict(file), file.body.length > 0]).toEqual([`200 ${PARTNER}`, true]);
    const lost = await send(port, get('/sub/../package.json', PARTNER));
    expect(verdict(lost)).toMatch(/^40[034] -$/); // raw and canonical form disagree: denied
  });

  it.each(['before', 'after'])('a raw route %s those of Nest', async (when) => {
    const port = await boot(when === 'before' ? raw : undefined, PATHS);
    if (when === 'after') raw(apps[0]?.getHttpAdapter().getInstance() as Express);
    expect(verdict(await send(port, preflight('/raw', 'PUT', PARTNER)))).toBe(`204 ${PARTNER}`);
    const door = await send(port, get('/door', APP));
    expect(door.body).toBe(when === 'before' ? 'raw door' : 'read');
    expect(verdict(door)).toBe(when === 'before' ? '200 -' : `200 ${APP}`);
    const asked = await send(port, preflight('/door', 'GET', APP));
    expect(verdict(asked)).toBe(when === 'before' ? '403 -' : `204 ${APP}`);
  });

  it('a raw route of a path with a Nest route for another method', async () => {
    const port = await boot((instance) => {
      instance.delete('/door', (_request, response) => void response.send('deleted'));
    });
    const response = await send(port, preflight('/door', 'PUT', APP));
    expect([verdict(response), listed(response)]).toEqual([`204 ${APP}`, 'GET, HEAD, PUT']);
    expect(verdict(await send(port, preflight('/door', 'DELETE', APP)))).toBe('403 -');
  });

  it('a middleware that rewrites request.url: the policy of the handler that ran', async () => {
    const port = await boot((instance) => {
      instance.use((request, _response, next) => {
        if (request.url === '/old') request.url = '/door';
        if (request.url === '/hidden') request.url = '/door/closed';
        next();
      });
    });
    expect(verdict(await send(port, get('/old', APP)))).toBe(`200 ${APP}`);
    expect(verdict(await send(port, get('/hidden', 'https://default.example')))).toBe('200 -');
    // A preflight is answered before any middleware, by the target as it was sent: by the default policy here.
    expect(verdict(await send(port, preflight('/old', 'PUT', APP)))).toBe('403 -');
  });

  it('pinned: nobody knows whether a raw route passes requests on, so preflights behind it are denied', async () => {
    const port = await boot(
      (instance) => void instance.all('/door', (_request, _response, next) => next()),
    );
    expect(verdict(await send(port, get('/door', APP)))).toBe(`200 ${APP}`);
    expect(verdict(await send(port, preflight('/door', 'PUT', APP)))).toBe('403 -');
    const beyond = preflight('/door', 'PUT', 'https://default.example');
    expect(verdict(await send(port, beyond))).toBe('403 -');
  });

  it('a parent that trusts no proxy above a Nest application that does', async () => {
    const { app, instance } = await nest((own) => void own.set('trust proxy', true));
    const { server, port } = await serve(express().use('/nested', instance));
    apps.push(app);
    open.push(server);
    const proxied = [['X-Forwarded-Host', 'partner.test']] as const;
    expect(verdict(await send(port, get('/nested/door/hosted', PARTNER, proxied)))).toBe(
      `200 ${PARTNER}`,
    );
    const asked = preflight('/nested/door/hosted', 'GET', PARTNER, undefined, proxied);
    expect(verdict(await send(port, asked))).toBe(`204 ${PARTNER}`);
  });

  it('routes and prefixes set between create() and init()', async () => {
    const port = await boot((_instance, app) => {
      app.setGlobalPrefix('api', { exclude: [{ path: 'door/closed', method: RequestMethod.GET }] });
    });
    expect(verdict(await send(port, preflight('/api/door', 'PUT', APP)))).toBe(`204 ${APP}`);
    expect(verdict(await send(port, get('/api/door', APP)))).toBe(`200 ${APP}`);
    expect(verdict(await send(port, get('/door/closed', APP)))).toBe('200 -');
    expect(verdict(await send(port, preflight('/door/closed', 'GET', APP)))).toBe('403 -');
  });
});
