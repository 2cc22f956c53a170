import {
  Controller,
  Delete,
  Get,
  type INestApplicationContext,
  Injectable,
  Module,
  Options,
  Put,
} from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom } from 'rxjs';
import {
  CorsConfigurationError,
  CorsInspector,
  CorsModule,
  CorsPolicy,
  NoCors,
  type CorsModuleAsyncOptions,
  type CorsModuleOptions,
  type CorsOptionsFactory,
} from 'nestjs-cors';
import { get, preflight, request } from '../../support/row.js';
import { requestHttp2 } from '../../support/http2.js';
import { corsLines, varyNames } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, MATRIX, PLATFORMS, STRATEGIES } from '../../support/platforms.js';
import { type RawResponse, send } from '../../support/raw.js';
import {
  type AppDescription,
  rootModule,
  type RunningApp,
  startApp,
  startTestingApp,
} from '../../support/test-app.js';

@Controller('door')
class DoorController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
  @NoCors() @Delete() remove(): string {
    return 'removed';
  }
  @Options('own') options(): string {
    return 'own options';
  }
  @Get(':id') one(): string {
    return 'one';
  }
}

const OPTIONS: CorsModuleOptions = { default: { origin: APP } };
const READABLE = [`access-control-allow-origin: ${APP}`];
const GRANT = [
  'access-control-allow-methods: GET, HEAD, PUT',
  ...READABLE,
  'access-control-max-age: 600',
];

/** Ends every request, as an authentication middleware does. */
function closedDoor(_request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 401;
  response.end('closed');
}

const configure: AppDescription['configure'] = (app) => void app.use(closedDoor);

const running: RunningApp[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

async function boot(
  adapter: AbstractHttpAdapter,
  more: Partial<AppDescription> = {},
  start: typeof startApp = startApp,
  strategy: Parameters<typeof startApp>[2] = 'hook',
): Promise<number> {
  const app = await start(
    adapter,
    { cors: OPTIONS, controllers: [DoorController], ...more },
    strategy,
  );
  running.push(app);
  return app.port;
}

async function expectReadable401(port: number): Promise<void> {
  const answer = await send(port, preflight('/door', 'PUT'));
  expect([answer.status, corsLines(answer)]).toEqual([204, GRANT]);
  const response = await send(port, get('/door', APP));
  expect([response.status, response.body, corsLines(response)]).toEqual([401, 'closed', READABLE]);
  const lost = await send(port, get('/nowhere', APP));
  expect([lost.status, corsLines(lost)]).toEqual([401, READABLE]);
  const stranger = await send(port, get('/door', EVIL));
  expect([stranger.status, corsLines(stranger), varyNames(stranger)]).toEqual([
    401,
    [],
    ['origin'],
  ]);
}

describe('first in line', () => {
  describe.each(PLATFORMS)('%s', (platform) => {
    it('NestFactory: before a middleware that ends every request', async () => {
      await expectReadable401(await boot(createAdapter(platform), { configure }));
    });

    it('Test.createTestingModule(): the same', async () => {
      await expectReadable401(await boot(createAdapter(platform), { configure }, startTestingApp));
    });
  });

  it('an Express instance with a middleware of its own', async () => {
    const instance = new ExpressAdapter().getInstance<{ use(handler: typeof closedDoor): void }>();
    instance.use(closedDoor);
    await expectReadable401(await boot(new ExpressAdapter(instance)));
  });

  it('a Fastify instance with a hook of its own', async () => {
    const instance = new FastifyAdapter().getInstance();
    instance.addHook('onRequest', async (_request, reply) =>
      reply.code(401).type('text/plain').send('closed'),
    );
    await expectReadable401(await boot(new FastifyAdapter(instance)));
  });

  it('a middleware sees no preflight, and every other request once', async () => {
    const seen: string[] = [];
    const configure: AppDescription['configure'] = (app) =>
      void app.use((incoming: IncomingMessage, _response: ServerResponse, next: () => void) => {
        seen.push(`${incoming.method} ${incoming.url}`);
        next();
      });
    for (const platform of PLATFORMS) {
      const port = await boot(createAdapter(platform), { configure });
      await send(port, preflight('/door', 'PUT'));
      await send(port, get('/door', APP));
    }
    expect(seen).toEqual(['GET /door', 'GET /door']);
  });
});

describe('HTTP/2 on Fastify', () => {
  it.each(STRATEGIES)('%s: preflights and responses', async (strategy) => {
    const adapter = new FastifyAdapter({ http2: true } as never);
    const port = await boot(adapter as unknown as AbstractHttpAdapter, {}, startApp, strategy);
    const asking = { origin: APP, 'access-control-request-method': 'PUT' };
    const [granted, refused, read, denied] = await requestHttp2(port, [
      {
        ':method': 'OPTIONS',
        ':path': '/door',
        ...asking,
        'access-control-request-headers': 'x-a',
      },
      { ':method': 'OPTIONS', ':path': '/door', ...asking, 'access-control-request-method': 'put' },
      { ':path': '/door', origin: APP },
      { ':path': '/door', origin: EVIL },
    ]);
    expect(granted).toMatchObject({
      ':status': 204,
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'GET, HEAD, PUT',
      'access-control-allow-headers': 'x-a',
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    });
    expect(refused).toMatchObject({ ':status': 403 });
    expect(refused).not.toHaveProperty('access-control-allow-origin');
    expect(read).toMatchObject({
      ':status': 200,
      'access-control-allow-origin': APP,
      vary: 'Origin',
    });
    expect(denied).toMatchObject({ ':status': 200, vary: 'Origin' });
    expect(denied).not.toHaveProperty('access-control-allow-origin');
  });

  it('what is not a handler: 404, and 401 of a middleware', async () => {
    const adapter = new FastifyAdapter({ http2: true } as never);
    const port = await boot(adapter as unknown as AbstractHttpAdapter, {
      configure: (app) =>
        void app.use((incoming: IncomingMessage, response: ServerResponse, next: () => void) =>
          incoming.url === '/closed' ? closedDoor(incoming, response) : next(),
        ),
    });
    const heads = await requestHttp2(port, [
      { ':path': '/nowhere', origin: APP },
      { ':path': '/closed', origin: APP },
    ]);
    expect(heads).toMatchObject([
      { ':status': 404, 'access-control-allow-origin': APP },
      { ':status': 401, 'access-control-allow-origin': APP },
    ]);
  });
});

@Controller()
class SumController {
  @MessagePattern('sum') sum(numbers: number[]): number {
    return numbers.reduce((sum, number) => sum + number, 0);
  }
}

async function sumThrough(port: number): Promise<number> {
  const client = ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
  });
  try {
    return await firstValueFrom(client.send<number, number[]>('sum', [1, 2, 3]));
  } finally {
    await client.close();
  }
}

describe('without HTTP the module is inert', () => {
  const TCP = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } } as const;
  const silent = { logger: false, abortOnError: false } as const;

  it.each(STRATEGIES)('a microservice through NestFactory: %s', async (strategy) => {
    const root = rootModule({ cors: OPTIONS, controllers: [SumController] }, strategy);
    const service = await NestFactory.createMicroservice(root, { ...TCP, ...silent });
    await service.listen();
    const { port } = service.unwrap<{ address(): AddressInfo }>().address();
    expect(await sumThrough(port)).toBe(6);
    await service.close();
  });

  it.each(STRATEGIES)('a microservice through the testing module: %s', async (strategy) => {
    const root = rootModule({ cors: OPTIONS, controllers: [SumController] }, strategy);
    const module = await Test.createTestingModule({ imports: [root] }).compile();
    const service = module.createNestMicroservice({ ...TCP, ...silent });
    await service.listen();
    const { port } = service.unwrap<{ address(): AddressInfo }>().address();
    expect(await sumThrough(port)).toBe(6);
    await service.close();
  });

  it.each(MATRIX)('a hybrid application: $title', async ({ platform, strategy }) => {
    let service: { unwrap<Server>(): Server } | undefined;
    const port = await boot(
      createAdapter(platform),
      {
        controllers: [DoorController, SumController],
        configure: async (app) => {
          service = app.connectMicroservice({ ...TCP }, { inheritAppConfig: true });
          await app.startAllMicroservices();
        },
      },
      startApp,
      strategy,
    );
    expect(
      await sumThrough(service?.unwrap<{ address(): AddressInfo }>().address().port ?? 0),
    ).toBe(6);
    expect(corsLines(await send(port, preflight('/door', 'PUT')))).toEqual(GRANT);
  });

  it.each(STRATEGIES)('an application context: %s', async (strategy) => {
    const root = rootModule({ cors: OPTIONS, controllers: [DoorController] }, strategy);
    const context: INestApplicationContext = await NestFactory.createApplicationContext(
      root,
      silent,
    );
    expect(context.get(CorsInspector).routes()).toEqual([]);
    await context.close();
  });

  it('mistakes are found there too', async () => {
    const root = rootModule({ cors: { default: 'nobody' } }, 'hook');
    await expect(NestFactory.createApplicationContext(root, silent)).rejects.toThrow(
      CorsConfigurationError,
    );
  });
});

@Injectable()
class Settings {
  readonly origin = APP;
}

@Injectable()
class SettingsOptions implements CorsOptionsFactory {
  async createCorsOptions(): Promise<CorsModuleOptions> {
    return { default: { origin: APP } };
  }
}

@Module({ providers: [Settings, SettingsOptions], exports: [Settings, SettingsOptions] })
class SettingsModule {}

describe('forRootAsync()', () => {
  const ways: readonly [name: string, options: CorsModuleAsyncOptions][] = [
    ['useFactory', { useFactory: () => OPTIONS }],
    ['useFactory, asynchronous', { useFactory: async () => OPTIONS }],
    [
      'useFactory, inject and imports',
      {
        imports: [SettingsModule],
        inject: [Settings],
        useFactory: ({ origin }: Settings) => ({ default: { origin } }),
      },
    ],
    ['useClass', { useClass: SettingsOptions }],
    ['useExisting', { imports: [SettingsModule], useExisting: SettingsOptions }],
  ];

  describe.each(MATRIX)('$title', ({ platform, strategy }) => {
    it.each(ways)('%s', async (_name, options) => {
      const cors = CorsModule.forRootAsync({ ...options, strategy });
      for (const start of [startApp, startTestingApp]) {
        const port = await boot(createAdapter(platform), { cors }, start);
        expect(corsLines(await send(port, preflight('/door', 'PUT')))).toEqual(GRANT);
        expect(corsLines(await send(port, get('/door', APP)))).toEqual(READABLE);
        expect(corsLines(await send(port, get('/door', EVIL)))).toEqual([]);
      }
    });
  });

  it("a strategy in the factory's options is refused: it would come too late", async () => {
    const options = { default: { origin: APP }, strategy: 'interceptor' } as CorsModuleOptions;
    const cors = CorsModule.forRootAsync({ useFactory: () => options });
    await expect(boot(createAdapter('express'), { cors })).rejects.toMatchObject({
      issues: [{ code: 'refused-option', where: 'CorsModule', value: 'strategy' }],
    });
  });
});

class CustomAdapter extends ExpressAdapter {
  override getType(): string {
    return 'custom';
  }
}

@CorsPolicy({ origin: APP, methods: ['PUT'] })
@Controller('custom')
class CustomController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}

describe('an adapter that is neither Express nor Fastify', () => {
  it("is a start-up error with strategy 'hook'", async () => {
    await expect(boot(new CustomAdapter())).rejects.toMatchObject({
      issues: [
        {
          code: 'adapter-without-hook',
          where: 'strategy',
          message: expect.stringContaining("strategy: 'interceptor'"),
        },
      ],
    });
  });

  describe("works with strategy 'interceptor'", () => {
    const rows: readonly [
      name: string,
      Parameters<typeof send>[1],
      status: number,
      cors: readonly string[],
      body?: string,
    ][] = [
      ['a preflight', preflight('/door', 'PUT'), 204, GRANT],
      ['a preflight of a stranger', preflight('/door', 'PUT', EVIL), 403, []],
      ['a preflight for a sibling without CORS', preflight('/door', 'DELETE'), 403, []],
      ['a preflight for HEAD', preflight('/door', 'HEAD'), 204, GRANT],
      [
        'a preflight for a parameter',
        preflight('/door/7', 'GET'),
        204,
        ['access-control-allow-methods: GET, HEAD', ...READABLE, 'access-control-max-age: 600'],
      ],
      [
        'a preflight narrowed by methods',
        preflight('/custom', 'PUT'),
        204,
        ['access-control-allow-methods: PUT', ...READABLE, 'access-control-max-age: 600'],
      ],
      [
        'a preflight at an own @Options()',
        preflight('/door/own', 'GET'),
        204,
        ['access-control-allow-methods: GET', ...READABLE, 'access-control-max-age: 600'],
      ],
      ['plain OPTIONS', request('OPTIONS', '/door/own', APP), 200, READABLE, 'own options'],
      ['a response', get('/door', APP), 200, READABLE, 'read'],
      ['a response to a stranger', get('/door', EVIL), 200, [], 'read'],
      ['a response without CORS', request('DELETE', '/door', APP), 200, [], 'removed'],
    ];
    let port = 0;
    let app: RunningApp;

    beforeAll(async () => {
      const description = { cors: OPTIONS, controllers: [DoorController, CustomController] };
      app = await startApp(new CustomAdapter(), description, 'interceptor');
      ({ port } = app);
    });

    afterAll(() => app.close());

    it.each(rows)('%s', async (_name, sent, status, cors, body = '') => {
      const response: RawResponse = await send(port, sent);
      expect([response.status, corsLines(response), response.body]).toEqual([status, cors, body]);
    });
  });
});
