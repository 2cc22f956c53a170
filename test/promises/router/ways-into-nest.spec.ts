import {
  Controller,
  Get,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  Put,
  RequestMethod,
  type Type,
  Version,
  type VersioningOptions,
  VersioningType,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, Transport } from '@nestjs/microservices';
import type { AddressInfo } from 'node:net';
import { CorsPolicy, NoCors, type CorsModuleOptions } from 'nestjs-cors';
import { REST } from '../../support/nest-version.js';
import { get, preflight } from '../../support/row.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { send, type HeaderLine } from '../../support/raw.js';
import {
  type AppDescription,
  rootModule,
  type RunningApp,
  startApp,
} from '../../support/test-app.js';
import { verdict } from '../../support/verdict.js';

@CorsPolicy({ origin: APP })
@Controller('door')
class DoorController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
  @MessagePattern('knock') knock(): string {
    return 'who is there';
  }
  @NoCors() @Get(':id') one(): string {
    return 'one';
  }
}

type Next = () => void;

@Module({ controllers: [DoorController] })
class GuardedModule implements NestModule {
  static passed: string[] = [];

  configure(consumer: MiddlewareConsumer): void {
    const pass = (request: { method: string }, _response: unknown, next: Next): void => {
      GuardedModule.passed.push(request.method);
      next();
    };
    consumer
      .apply(pass)
      .exclude({ path: 'door/none', method: RequestMethod.ALL })
      .forRoutes(
        { path: 'door', method: RequestMethod.PUT },
        { path: 'door', method: RequestMethod.ALL },
        { path: 'door/:id', method: RequestMethod.GET },
        REST,
        DoorController,
      );
  }
}

function versioned(second: string): Type[] {
  @CorsPolicy({ origin: APP })
  @Controller({ path: 'versions', version: '1' })
  class FirstController {
    @Put() write(): string {
      return 'first';
    }
  }
  @CorsPolicy({ origin: second })
  @Controller({ path: 'versions' })
  class SecondController {
    @Version('2') @Put() write(): string {
      return 'second';
    }
  }
  return [FirstController, SecondController];
}

/** Two patterns that overlap in one target only, which start-up does not find. */
function overlapping(second: string): Type[] {
  @CorsPolicy({ origin: APP })
  @Controller({ path: 'items', version: '1' })
  class FirstController {
    @Put(':list/best') write(): string {
      return 'first';
    }
  }
  @CorsPolicy({ origin: second })
  @Controller({ path: 'items', version: '2' })
  class SecondController {
    @Put('top/:id') write(): string {
      return 'second';
    }
  }
  return [FirstController, SecondController];
}

const VERSIONINGS: readonly (VersioningOptions & { name: string; line: HeaderLine })[] = [
  { name: 'header', type: VersioningType.HEADER, header: 'X-Version', line: ['X-Version', '2'] },
  {
    name: 'media type',
    type: VersioningType.MEDIA_TYPE,
    key: 'v=',
    line: ['Accept', 'application/json;v=2'],
  },
  {
    name: 'custom',
    type: VersioningType.CUSTOM,
    extractor: (request) => String((request as { headers: object }).headers['x-v' as never] ?? ''),
    line: ['X-V', '2'],
  },
];

const alsoMessages: AppDescription['configure'] = async (app) => {
  app.connectMicroservice({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port: 0 },
  });
  await app.startAllMicroservices();
};

describe.each(MATRIX)('ways into Nest on $title', ({ platform, strategy }) => {
  const apps: { close(): Promise<unknown> }[] = [];

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  async function boot(description: AppDescription): Promise<number> {
    const app: RunningApp = await startApp(createAdapter(platform), description, strategy);
    apps.push(app);
    return app.port;
  }

  it("Nest's middleware is transparent to routing, and sees no preflight before its answer counts", async () => {
    const cors: CorsModuleOptions = { default: { origin: PARTNER } };
    const port = await boot({ cors, imports: [GuardedModule] });
    GuardedModule.passed = [];
    expect(verdict(await send(port, preflight('/door', 'PUT', APP)))).toBe(`204 ${APP}`);
    expect(verdict(await send(port, preflight('/door', 'PUT', PARTNER)))).toBe('403 -');
    expect(verdict(await send(port, preflight('/door/7', 'GET', APP)))).toBe('403 -');
    expect(GuardedModule.passed).toEqual(strategy === 'hook' ? [] : GuardedModule.passed);
    expect(verdict(await send(port, get('/door', APP)))).toBe(`200 ${APP}`);
    expect(verdict(await send(port, get('/door/7', APP)))).toBe('200 -');
    expect(GuardedModule.passed).toContain('GET');
  });

  it.each(VERSIONINGS)(
    'versioning by $name with equal policies',
    async ({ line, ...versioning }) => {
      const configure: AppDescription['configure'] = (app) => void app.enableVersioning(versioning);
      const port = await boot({ cors: {}, controllers: versioned(APP), configure });
      const asked = preflight('/versions', 'PUT', APP, line[0].toLowerCase());
      expect(verdict(await send(port, asked))).toBe(`204 ${APP}`);
      const actual = { ...get('/versions', APP, [line]), method: 'PUT' };
      const response = await send(port, actual);
      expect([verdict(response), response.body]).toEqual([`200 ${APP}`, 'second']);
    },
  );

  it.each(VERSIONINGS)('versioning by $name with unequal policies does not start', async (row) => {
    const configure: AppDescription['configure'] = (app) => void app.enableVersioning(row);
    const booted = boot({ cors: {}, controllers: versioned(PARTNER), configure });
    await expect(booted).rejects.toMatchObject({ issues: [{ code: 'indistinguishable-routes' }] });
  });

  it.each(VERSIONINGS)(
    'versioning by $name, overlapping patterns: never the wrong policy',
    async (row) => {
      const { line, ...versioning } = row;
      const configure: AppDescription['configure'] = (app) => void app.enableVersioning(versioning);
      const port = await boot({ cors: {}, controllers: overlapping(PARTNER), configure });
      for (const origin of [APP, PARTNER, EVIL])
        expect(verdict(await send(port, preflight('/items/top/best', 'PUT', origin)))).toBe(
          '403 -',
        );
      expect(verdict(await send(port, preflight('/items/top/7', 'PUT', PARTNER)))).toBe(
        `204 ${PARTNER}`,
      );
      const actual = { ...get('/items/top/best', PARTNER, [line]), method: 'PUT' };
      const response = await send(port, actual);
      expect([response.body, verdict(response)]).toEqual(['second', `200 ${PARTNER}`]);
    },
  );

  it("routeResolutionStrategy: 'specificity' decides for preflights too", async () => {
    @CorsPolicy({ origin: PARTNER })
    @Controller('door')
    class LateController {
      @Get('special') read(): string {
        return 'special';
      }
    }
    const description = { cors: {}, controllers: [DoorController, LateController] };
    for (const routeResolutionStrategy of ['specificity', 'declaration'] as const) {
      const app = await NestFactory.create(
        rootModule(description, strategy),
        createAdapter(platform),
        { logger: false, abortOnError: false, routeResolutionStrategy } as object,
      );
      await app.listen(0, '127.0.0.1');
      apps.push(app);
      const { port } = app.getHttpServer().address() as AddressInfo;
      const { body } = await send(port, get('/door/special'));
      const owner = body === 'special' ? PARTNER : '-';
      expect(verdict(await send(port, get('/door/special', PARTNER)))).toBe(`200 ${owner}`);
      expect(verdict(await send(port, preflight('/door/special', 'GET', PARTNER)))).toBe(
        owner === '-' ? '403 -' : `204 ${PARTNER}`,
      );
    }
  });

  it('a hybrid application keeps its policies, and its message handlers their peace', async () => {
    const port = await boot({ cors: {}, controllers: [DoorController], configure: alsoMessages });
    expect(verdict(await send(port, preflight('/door', 'PUT', APP)))).toBe(`204 ${APP}`);
    expect(verdict(await send(port, get('/door', APP)))).toBe(`200 ${APP}`);
  });
});
