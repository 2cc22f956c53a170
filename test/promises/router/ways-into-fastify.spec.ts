import { All, Controller, Get, Put, type Type } from '@nestjs/common';
import { FastifyAdapter, RouteConstraints } from '@nestjs/platform-fastify';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { CorsPolicy, NoCors, type CorsModuleOptions } from 'nestjs-cors';
import { get, preflight } from '../../support/row.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { createAdapter, PLATFORMS, STRATEGIES } from '../../support/platforms.js';
import { type HeaderLine, send } from '../../support/raw.js';
import { type AppDescription, type RunningApp, startApp } from '../../support/test-app.js';
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
  @NoCors() @Get('closed') closed(): string {
    return 'closed';
  }
  @Get(':id') one(): string {
    return 'one';
  }
}

function constrained(second: string): Type {
  @Controller('secret')
  class SecretController {
    @RouteConstraints({ secret: 'a' }) @CorsPolicy({ origin: APP }) @Put() first(): string {
      return 'a';
    }
    @RouteConstraints({ secret: 'b' }) @CorsPolicy({ origin: second }) @Put() other(): string {
      return 'b';
    }
  }
  return SecretController;
}

/** What a gateway in front of the application used to do. */
function rewriteUrl({ url = '/' }: IncomingMessage): string {
  return url.replace('/old', '/door').replace('/hidden', '/door/closed');
}

const host = (name: string): HeaderLine => ['Host', name];

const running: RunningApp[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

describe.each(STRATEGIES)('ways into Fastify, %s', (strategy) => {
  async function boot(
    adapter: FastifyAdapter,
    description: Partial<AppDescription> = {},
  ): Promise<number> {
    const cors: CorsModuleOptions = { default: { origin: 'https://default.example' } };
    const app = await startApp(
      adapter,
      { cors, controllers: [DoorController], ...description },
      strategy,
    );
    running.push(app);
    return app.port;
  }

  it('rewriteUrl: the policy of the handler that runs, for preflights too', async () => {
    const port = await boot(new FastifyAdapter({ rewriteUrl }));
    expect(verdict(await send(port, get('/old', APP)))).toBe(`200 ${APP}`);
    expect(verdict(await send(port, preflight('/old', 'PUT', APP)))).toBe(`204 ${APP}`);
    expect(verdict(await send(port, get('/hidden', APP)))).toBe('200 -');
    expect(verdict(await send(port, preflight('/hidden', 'GET', APP)))).toBe('403 -');
  });

  it('a server factory that rewrites the URL: the policy of the handler that runs, for preflights too', async () => {
    const serverFactory = (handler: RequestListener): Server =>
      createServer((request, response) => {
        request.url = rewriteUrl(request);
        handler(request, response);
      });
    const port = await boot(new FastifyAdapter({ serverFactory }));
    expect(verdict(await send(port, preflight('/old', 'PUT', APP)))).toBe(`204 ${APP}`);
    expect(verdict(await send(port, preflight('/hidden', 'GET', APP)))).toBe('403 -');
  });

  it('a server whose listeners are wrapped later: the same', async () => {
    const port = await boot(new FastifyAdapter(), {
      configure: (app) => {
        const server = app.getHttpServer() as Server;
        const listeners = server.listeners('request') as RequestListener[];
        server.removeAllListeners('request');
        server.on('request', (request, response) => {
          request.url = rewriteUrl(request);
          for (const listener of listeners) listener.call(server, request, response);
        });
      },
    });
    expect(verdict(await send(port, preflight('/old', 'PUT', APP)))).toBe(`204 ${APP}`);
    expect(verdict(await send(port, preflight('/hidden', 'GET', APP)))).toBe('403 -');
  });

  it('useSemicolonDelimiter: what follows a semicolon is a query, or is not', async () => {
    for (const useSemicolonDelimiter of [true, false]) {
      const port = await boot(
        new FastifyAdapter({ routerOptions: { useSemicolonDelimiter } } as object),
      );
      const served = await send(port, get('/door/closed;a=1', APP));
      const asked = verdict(await send(port, preflight('/door/closed;a=1', 'GET', APP)));
      expect([served.body, verdict(served), asked]).toEqual(
        useSemicolonDelimiter ? ['closed', '200 -', '403 -'] : ['one', `200 ${APP}`, `204 ${APP}`],
      );
    }
  });

  it('@RouteConstraints() by host: each host its own policy', async () => {
    @Controller('shared')
    class SharedController {
      @RouteConstraints({ host: 'app.test' })
      @CorsPolicy({ origin: APP })
      @Put()
      first(): string {
        return 'app';
      }
      @RouteConstraints({ host: 'partner.test' })
      @CorsPolicy({ origin: PARTNER })
      @Put()
      second(): string {
        return 'partner';
      }
    }
    const port = await boot(new FastifyAdapter(), { controllers: [SharedController] });
    for (const [name, origin] of [
      ['app.test', APP],
      ['partner.test', PARTNER],
    ] as const) {
      const lines = [host(name)];
      const actual = { ...get('/shared', origin, lines), method: 'PUT' };
      expect(verdict(await send(port, actual))).toBe(`200 ${origin}`);
      for (const asked of [APP, PARTNER])
        expect(
          verdict(await send(port, preflight('/shared', 'PUT', asked, undefined, lines))),
        ).toBe(asked === origin ? `204 ${origin}` : '403 -');
    }
  });

  it('a constraint that a preflight cannot carry: unequal policies do not start, equal ones work', async () => {
    const secret = {
      name: 'secret',
      storage: () => {
        const stored = new Map<unknown, unknown>();
        return {
          get: (key: unknown) => stored.get(key) ?? null,
          set: (key: unknown, value: unknown) => void stored.set(key, value),
        };
      },
      deriveConstraint: (request: IncomingMessage) => request.headers['x-secret'],
      mustMatchWhenDerived: false,
    };
    const start = (second: string): Promise<number> => {
      const adapter = new FastifyAdapter({ routerOptions: { constraints: { secret } } } as object);
      return boot(adapter, { controllers: [constrained(second)] });
    };
    const port = await start(APP);
    const actual = { ...get('/secret', APP, [['X-Secret', 'b']]), method: 'PUT' };
    expect(verdict(await send(port, actual))).toBe(`200 ${APP}`);
    expect(verdict(await send(port, preflight('/secret', 'PUT', APP)))).toBe(`204 ${APP}`);
    await expect(start(PARTNER)).rejects.toMatchObject({
      issues: [{ code: 'indistinguishable-routes' }],
    });
  });

  it('a raw route on the instance is what `paths` or `default` say', async () => {
    const adapter = new FastifyAdapter();
    adapter.getInstance().put('/raw', (_request, reply) => void reply.send('raw'));
    const port = await boot(adapter, {
      configure: () => {
        adapter.getInstance().get('/late', (_request, reply) => void reply.send('late'));
      },
    });
    const reached = strategy === 'hook';
    const origin = 'https://default.example';
    for (const path of ['/raw', '/late']) {
      const method = path === '/raw' ? 'PUT' : 'GET';
      expect(verdict(await send(port, { ...get(path, origin), method }))).toBe(
        reached ? `200 ${origin}` : '200 -',
      );
      expect(verdict(await send(port, preflight(path, method, origin)))).toBe(
        reached ? `204 ${origin}` : '404 -',
      );
      expect(verdict(await send(port, preflight(path, method, EVIL)))).toMatch(/ -$/);
    }
  });

  it('pinned: over-long parameters and malformed targets are answered before any hook', async () => {
    const port = await boot(new FastifyAdapter());
    const long = `/door/${'a'.repeat(101)}`;
    const status = async (path: string): Promise<string> =>
      verdict(await send(port, get(path, APP)));
    // No handler runs, so the preflight is that of a target without a route.
    const defaults = 'https://default.example';
    expect(verdict(await send(port, get(long, defaults)))).toBe('414 -');
    expect(await status(long)).toBe('414 -');
    expect(verdict(await send(port, preflight(long, 'GET', APP)))).toBe(
      strategy === 'hook' ? '403 -' : '414 -',
    );
    expect(await status('/door/%zz')).toBe('400 -');
    expect(await status('/%c0%ae')).toBe('400 -');
    expect(verdict(await send(port, preflight('/door/%zz', 'GET', APP)))).toBe('400 -');
  });
});

describe.each(PLATFORMS)('over-long and odd parameters on %s', (platform) => {
  it('every target is decided alike for the response and for its preflight', async () => {
    @CorsPolicy({ origin: APP })
    @Controller('wild')
    class WildController {
      @All(platform === 'express' ? '*rest' : '*') any(): string {
        return 'any';
      }
    }
    const cors: CorsModuleOptions = { default: { origin: PARTNER } };
    const controllers = [DoorController, WildController];
    const app = await startApp(createAdapter(platform), { cors, controllers });
    running.push(app);
    const lengths = [99, 100, 101, 4000].map((length) => `/door/${'a'.repeat(length)}`);
    for (const target of [
      ...lengths,
      `/wild/${'a/'.repeat(3000)}`,
      '/door/%00',
      '/door/%F0%9F%98%80',
    ]) {
      const served = verdict(await send(app.port, get(target, APP)));
      const asked = verdict(await send(app.port, preflight(target, 'GET', APP)));
      const alike = served === `200 ${APP}` ? asked === `204 ${APP}` : /^4\d\d -$/.test(asked);
      expect([target.slice(0, 20), served, asked, alike]).toContain(true);
    }
  });
});
