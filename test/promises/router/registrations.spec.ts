import {
  Controller,
  Get,
  type INestApplication,
  Module,
  Put,
  VersioningType,
} from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory, RouterModule } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { CorsModule, CorsPolicy, type CorsStrategy } from 'nestjs-cors';
import { APP, PARTNER } from '../../support/origins.js';
import { createAdapter, MATRIX, type PlatformName } from '../../support/platforms.js';
import { type HeaderLine, send } from '../../support/raw.js';
import { get, preflight } from '../../support/row.js';
import { verdict } from '../../support/verdict.js';

/** Handlers that two controllers share. */
class Shared {
  @Get('one') one(): string {
    return 'one';
  }
  @Put(['two', 'zwei']) two(): string {
    return 'two';
  }
}

@CorsPolicy({ origin: APP })
@Controller({ path: ['first', 'erste'], version: ['1', '2'] })
class FirstController extends Shared {}

@CorsPolicy({ origin: PARTNER })
@Controller({ path: 'second', version: '1' })
class SecondController extends Shared {}

/** The same paths as the next, for another host. */
@CorsPolicy({ origin: APP })
@Controller({ path: 'hosts', host: 'app.test', version: '1' })
class AppHostController extends Shared {}

@CorsPolicy({ origin: PARTNER })
@Controller({ path: 'hosts', version: '1' })
class AnyHostController extends Shared {}

@Module({ controllers: [SecondController] })
class SecondModule {}

interface Served {
  readonly path: string;
  readonly origin: string;
  readonly host?: string;
}

const under = (path: string, origin: string, host?: string): Served[] =>
  [`${path}/one`, `${path}/two`, `${path}/zwei`].map((whole) => ({
    path: whole,
    origin,
    ...(host === undefined ? {} : { host }),
  }));

const SERVED: readonly Served[] = [
  ...['first', 'erste'].flatMap((name) =>
    ['v1', 'v2'].flatMap((version) => under(`/api/${version}/${name}`, APP)),
  ),
  ...under('/api/v1/inner/second', PARTNER),
  ...under('/api/v1/hosts', PARTNER),
];

/** Fastify has one route for one path: Nest's second controller at it does not start there. */
const BY_HOST = under('/api/v1/hosts', APP, 'app.test');

type Handler = (...args: unknown[]) => unknown;
type Methods = Record<string, Handler>;

function wrapping(handler: unknown): unknown {
  return typeof handler === 'function'
    ? (...args: unknown[]): unknown => handler(...args)
    : handler;
}

function replaceEach(target: Methods, wrap: (original: Handler) => Handler): () => void {
  const originals = ['get', 'put', 'options', 'all'].map((name) => [name, target[name] as Handler] as const);
  for (const [name, original] of originals) target[name] = wrap(original);
  return () => originals.forEach(([name, original]) => (target[name] = original));
} // prettier-ignore

const expressRequire = createRequire(createRequire(import.meta.url).resolve('express'));
const { Route } = expressRequire('router') as { Route: { prototype: Methods } };

interface Layer {
  handle: unknown;
}

/** Ways in which agents that watch applications get between a framework and its handlers, each with its undoing. */
const AGENTS: readonly {
  readonly name: string;
  readonly platform: PlatformName;
  readonly install: (adapter: AbstractHttpAdapter) => (() => void) | void;
}[] = [
  { name: 'none', platform: 'express', install: () => {} },
  { name: 'none', platform: 'fastify', install: () => {} },
  {
    name: 'wraps what Route is given, of every application',
    platform: 'express',
    install: () =>
      replaceEach(
        Route.prototype,
        (original) =>
          function (this: unknown, ...handlers) {
            return original.apply(this, handlers.map(wrapping));
          },
      ),
  },
  {
    name: 'wraps what the application is given',
    platform: 'express',
    install: (adapter) =>
      void replaceEach(
        adapter.getInstance<Methods>(),
        (original) =>
          function (this: unknown, ...args) {
            return original.apply(this, args.map(wrapping));
          },
      ),
  },
  {
    name: 'puts a handler of its own before each',
    platform: 'express',
    install: () =>
      replaceEach(
        Route.prototype,
        (original) =>
          function (this: unknown, ...handlers) {
            const before: Handler = (_request, _response, next) => (next as Handler)();
            return original.call(this, before, ...handlers);
          },
      ),
  },
  {
    name: 'wraps the handles of layers once they are there',
    platform: 'express',
    install: () =>
      replaceEach(
        Route.prototype,
        (original) =>
          function (this: unknown, ...handlers) {
            const result = original.apply(this, handlers);
            for (const layer of (this as { stack: Layer[] }).stack) {
              let handle = wrapping(layer.handle);
              const get = (): unknown => handle;
              const set = (given: unknown): unknown => (handle = wrapping(given));
              Object.defineProperty(layer, 'handle', { configurable: true, enumerable: true, get, set });
            }
            return result;
          },
      ), // prettier-ignore
  },
  {
    name: 'wraps handlers in a hook on routes',
    platform: 'fastify',
    install: (adapter) =>
      void (adapter.getInstance<{ addHook: Handler }>()).addHook('onRoute', (route: { handler: unknown }) => {
        route.handler = wrapping(route.handler);
      }),
  },
  {
    name: 'wraps what route() is given',
    platform: 'fastify',
    install: (adapter) => {
      const instance = adapter.getInstance<Methods>();
      const original = instance['route'] as Handler;
      instance['route'] = function (this: unknown, options) {
        const { handler, ...rest } = options as { handler: unknown };
        return original.call(this, { ...rest, handler: wrapping(handler) });
      };
    },
  },
]; // prettier-ignore

const STRATEGIES = ['declaration', 'specificity'] as const;
const CASES = AGENTS.flatMap((agent) =>
  STRATEGIES.flatMap((order) =>
    MATRIX.filter(({ platform }) => platform === agent.platform).map(({ strategy }) => ({
      ...agent,
      order,
      strategy,
      title: `${agent.platform} × ${strategy}, ${order} order, agent: ${agent.name}`,
    })),
  ),
);

function rootOf(platform: PlatformName, strategy: CorsStrategy): object {
  class RootModule {}
  const byHost = platform === 'express' ? [AppHostController] : [];
  Module({
    imports: [
      CorsModule.forRoot({ strategy, default: { origin: 'https://default.example' } }),
      SecondModule,
      RouterModule.register([{ path: 'inner', module: SecondModule }]),
    ],
    controllers: [FirstController, ...byHost, AnyHostController],
  })(RootModule);
  return RootModule;
}

async function listening(app: INestApplication): Promise<number> {
  app.setGlobalPrefix('api');
  app.enableVersioning({ type: VersioningType.URI });
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as AddressInfo).port;
}

async function answers(port: number, { path, host }: Served): Promise<string[]> {
  const lines: HeaderLine[] = host === undefined ? [] : [['Host', host]];
  const method = path.endsWith('one') ? 'GET' : 'PUT';
  const found: string[] = [];
  for (const origin of [APP, PARTNER]) {
    found.push(verdict(await send(port, { ...get(path, origin, lines), method })));
    found.push(verdict(await send(port, preflight(path, method, origin, undefined, lines))));
  }
  return found;
}

function expected({ origin }: Served): string[] {
  return [APP, PARTNER].flatMap((asked) =>
    asked === origin ? [`200 ${asked}`, `204 ${asked}`] : ['200 -', '403 -'],
  );
}

describe('every registration has the policy of its controller', () => {
  it.each(CASES)('$title', async ({ platform, strategy, order, install }) => {
    const adapter = createAdapter(platform);
    const undo = install(adapter);
    const options = { logger: false, abortOnError: false, routeResolutionStrategy: order } as const;
    const app = await NestFactory.create(rootOf(platform, strategy), adapter, options as object);
    try {
      const port = await listening(app);
      const served = platform === 'express' ? [...SERVED, ...BY_HOST] : SERVED;
      for (const one of served) expect([one, await answers(port, one)]).toEqual([one, expected(one)]);
    } finally {
      undo?.();
      await app.close();
    }
  }); // prettier-ignore

  it('of several applications in one process, each its own', async () => {
    const apps = await Promise.all(
      MATRIX.map(({ platform, strategy }) =>
        NestFactory.create(rootOf(platform, strategy), createAdapter(platform), { logger: false }),
      ),
    );
    const ports = await Promise.all(apps.map(listening));
    for (const port of ports) {
      for (const one of SERVED) expect([one, await answers(port, one)]).toEqual([one, expected(one)]);
    }
    await Promise.all(apps.map((app) => app.close()));
  }); // prettier-ignore
});
