import {
  All,
  Controller,
  Get,
  Options,
  Put,
  type INestApplication,
  type NestModule,
  type Type,
} from '@nestjs/common';
import cors from 'cors';
import { CorsPolicy, type CorsModuleOptions } from 'nestjs-cors';
import { below, REST } from '../../support/nest-version.js';
import { corsLines } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { MATRIX, PLATFORMS } from '../../support/platforms.js';
import { type RawRequest, type RawResponse, send } from '../../support/raw.js';
import { get, preflight, request } from '../../support/row.js';
import type { RunningApp } from '../../support/test-app.js';
import { type Neighbourhood, startBeside } from './support/start.js';

/** What the layer of old allows. */
const OLD = 'https://old.example.com';
const layer = cors({ origin: [OLD], credentials: true });

@Controller('legacy')
class Legacy {
  @Get() read(): string {
    return 'read';
  }
  @Put(':id') write(): string {
    return 'written';
  }
}

@Controller('own')
class OwnOptions {
  @Put() write(): string {
    return 'written';
  }
  @Options() answer(): string {
    return 'OPTIONS of its own';
  }
}

@Controller('everything')
class Everything {
  @All() take(): string {
    return 'any method';
  }
  @All('*') rest(): string {
    return 'any path';
  }
}

const OPTIONS: CorsModuleOptions = { policies: { app: { origin: APP } } };

/** The one controller that moves over: before without a decorator, then with one. */
function fresh(hasMoved: boolean): Type {
  @Controller('fresh')
  class Fresh {
    @Get() read(): string {
      return 'read';
    }
    @Put() write(): string {
      return 'written';
    }
  }
  if (hasMoved) CorsPolicy('app' as never)(Fresh);
  return Fresh;
}

const consume: (...paths: (string | Type)[]) => NonNullable<NestModule['configure']> =
  (...paths) =>
  (consumer) =>
    void consumer.apply(layer).forRoutes(...paths);

const NEIGHBOURS: Readonly<Record<string, Neighbourhood>> = {
  'a MiddlewareConsumer for a path': { consume: consume('legacy') },
  'a MiddlewareConsumer for a path and what is below': { consume: consume(...below('legacy')) },
  'a MiddlewareConsumer for a controller': { consume: consume(Legacy) },
  'everything but what has moved': {
    consume: (consumer) =>
      void consumer
        .apply(layer)
        .exclude(...below('fresh'))
        .forRoutes(REST),
  },
  "app.use('/legacy', cors())": { configure: (app) => void app.use('/legacy', layer) },
  'no layer at all': {},
};

const PATHS = [
  '/legacy', '/legacy/', '/legacy/7', '/legacy/7?page=2', '/legacy/7/nowhere', '/own', '/everything', '/everything/deep/down', '/nowhere', '/%zz',
] as const; // prettier-ignore

/** Every kind of request, from a page that the layer allows, from one that the policy allows, from a stranger and from none. */
const REQUESTS: readonly RawRequest[] = PATHS.flatMap((path) => [
  ...[OLD, APP, EVIL, 'null'].flatMap((origin) => [
    get(path, origin),
    request('HEAD', path, origin),
    request('PUT', path, origin, [], 'body'),
    request('OPTIONS', path, origin),
    preflight(path, 'PUT', origin),
    preflight(path, 'GET', origin, 'x-custom'),
    preflight(path, 'DELETE', origin),
  ]),
  get(path),
  request('OPTIONS', path),
]);

/** All of the response but the second in which it was sent. */
async function answers(app: RunningApp): Promise<readonly string[]> {
  const shown: string[] = [];
  for (const each of REQUESTS) {
    const response = await send(app.port, each);
    shown.push(`${each.method ?? 'GET'} ${each.path} → ${exactly(response)}`);
  }
  return shown;
}

function exactly({ headers, ...response }: RawResponse): string {
  const kept = headers.filter(([name]) => name.toLowerCase() !== 'date');
  return JSON.stringify({ ...response, headers: kept });
}

/** By platform and neighbourhood: without the module there is no strategy. */
const BEFORE = new Map<string, readonly string[]>();

describe.each(MATRIX)('moving over, on $title', ({ platform, strategy }) => {
  describe.each(Object.keys(NEIGHBOURS))('beside %s', (name) => {
    const apps: RunningApp[] = [];
    const start = async (hasMoved: boolean): Promise<RunningApp> => {
      const controllers = [Legacy, OwnOptions, Everything, fresh(hasMoved)];
      const moved = hasMoved ? { options: OPTIONS, strategy } : undefined;
      const app = await startBeside(platform, { ...NEIGHBOURS[name], controllers }, moved);
      apps.push(app);
      return app;
    };
    afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

    it('what has no policy is answered as without the module, byte for byte', async () => {
      const asked = `${platform} ${name}`;
      const before = BEFORE.get(asked) ?? (await answers(await start(false)));
      BEFORE.set(asked, before);
      expect(await answers(await start(true))).toEqual(before);
    });

    it('the controller that has moved is under its policy', async () => {
      const { port } = await start(true);
      const [read, asked, old] = await Promise.all([
        send(port, get('/fresh', APP)),
        send(port, preflight('/fresh', 'PUT', APP)),
        send(port, preflight('/fresh', 'PUT', OLD)),
      ]);
      expect(corsLines(read)).toEqual([`access-control-allow-origin: ${APP}`]);
      expect(corsLines(asked)).toContain(`access-control-allow-origin: ${APP}`);
      expect([asked.status, old.status, corsLines(old)]).toEqual([204, 403, []]);
    });
  });

  it.each([
    ['a path', consume('legacy')],
    ['a path and what is below', consume(...below('legacy'))],
    ['everything but', NEIGHBOURS['everything but what has moved']?.consume],
  ])('a layer for %s goes on to answer preflights', async (_title, layered) => {
    const neighbourhood = {
      controllers: [Legacy, fresh(true)],
      ...(layered && { consume: layered }),
    };
    const app = await startBeside(platform, neighbourhood, { options: OPTIONS, strategy });
    const asked = await send(app.port, preflight('/legacy', 'PUT', OLD));
    expect([asked.status, corsLines(asked)[1]]).toEqual([204, expect.stringContaining('PUT')]);
    const stranger = await send(app.port, preflight('/fresh', 'PUT', OLD));
    expect([stranger.status, corsLines(stranger)]).toEqual([403, []]);
    await app.close();
  });

  it('after the last controller the layer goes, and `default` holds everywhere', async () => {
    const controllers = [Legacy, OwnOptions, Everything, fresh(true)];
    const options: CorsModuleOptions = { ...OPTIONS, default: { origin: OLD } };
    const app = await startBeside(platform, { controllers }, { options, strategy });
    for (const path of ['/legacy/7', '/own', '/everything', '/everything/deep']) {
      const asked = await send(app.port, preflight(path, 'PUT', OLD));
      expect([path, asked.status, asked.body]).toEqual([path, 204, '']);
      expect(corsLines(asked)).toContain(`access-control-allow-origin: ${OLD}`);
      expect(corsLines(await send(app.port, request('PUT', path, OLD)))).toEqual([
        `access-control-allow-origin: ${OLD}`,
      ]);
    }
    await app.close();
  });
});

describe.each(PLATFORMS)(
  "strategy 'hook' on %s, where the layer covers what has moved",
  (platform) => {
    it('the policy answers first and has the last word', async () => {
      const configure = (app: INestApplication): void => void app.use('/fresh', layer);
      const moved = { options: OPTIONS, strategy: 'hook' } as const;
      const app = await startBeside(platform, { controllers: [fresh(true)], configure }, moved);
      const asked = await send(app.port, preflight('/fresh', 'PUT', OLD));
      expect([asked.status, corsLines(asked)]).toEqual([403, []]);
      expect(corsLines(await send(app.port, get('/fresh', OLD)))).toEqual([]);
      expect(corsLines(await send(app.port, get('/fresh', APP)))).toEqual([
        `access-control-allow-origin: ${APP}`,
      ]);
      await app.close();
    });
  },
);
