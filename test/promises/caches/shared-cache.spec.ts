import { Controller, Get, Headers, Res, type Type } from '@nestjs/common';
import { CorsPolicy, type CorsPolicyOptions } from 'nestjs-cors';
import { corsLines, values } from '../../support/observe.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { type RawRequest, type RawResponse, send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { describeBehindNginx, type Nginx, startNginx } from '../../support/nginx.js';

/** The part that Express's response and Fastify's reply have in common. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

const HEADERS = { 'Cache-Control': 'public, max-age=60', ETag: '"1"', 'X-Page': '1' };

function cacheable(path: string, policy: CorsPolicyOptions): Type {
  @CorsPolicy(policy)
  @Controller(path)
  class CacheableController {
    @Get() read(
      @Headers('x-fail') fail: unknown,
      @Res({ passthrough: true }) reply: Reply,
    ): string {
      for (const [name, value] of Object.entries(HEADERS)) reply.header(name, value);
      if (fail !== undefined) reply.status(404);
      return 'body';
    }
  }
  return CacheableController;
}

const ROUTES: Readonly<Record<string, CorsPolicyOptions>> = {
  public: { origin: '*', credentials: [APP], exposedHeaders: ['*', 'X-Page'] },
  some: { origin: [APP, PARTNER], credentials: [APP], exposedHeaders: 'X-Page' },
};

/** One that may send credentials, one that may not, and one that is nobody's script. */
const ORIGINS = { listed: APP, stranger: EVIL, partner: PARTNER, nobody: undefined };
const KINDS: Readonly<Record<string, Required<Pick<RawRequest, 'method' | 'headers'>>>> = {
  GET: { method: 'GET', headers: [] },
  HEAD: { method: 'HEAD', headers: [] },
  304: { method: 'GET', headers: [['If-None-Match', '"1"']] },
  error: { method: 'GET', headers: [['X-Fail', '1']] },
};

interface Asked {
  readonly name: string;
  readonly request: Omit<RawRequest, 'path'>;
}

const ASKED: readonly Asked[] = Object.entries(ORIGINS).flatMap(([who, origin]) =>
  Object.entries(KINDS).map(([kind, { method, headers = [] }]) => {
    const more = origin === undefined ? [] : ([['Origin', origin]] as const);
    return { name: `${who}'s ${kind}`, request: { method, headers: [...headers, ...more] } };
  }),
);

const PAIRS = ASKED.flatMap((first) => ASKED.map((second) => [first, second] as const));

describeBehindNginx('a shared cache in front of lists of credentials', (executable) => {
  describe.each(PLATFORMS)('on %s', (platform) => {
    let app: RunningApp;
    let nginx: Nginx;

    beforeAll(async () => {
      const controllers = Object.entries(ROUTES).map(([path, policy]) => cacheable(path, policy));
      app = await startApp(createAdapter(platform), { cors: {}, controllers });
      nginx = await startNginx(executable, app.port);
    });

    afterAll(async () => {
      await nginx.close();
      await app.close();
    });

    it.each(Object.keys(ROUTES))(
      "gives nobody another's answer, whoever came before: %s",
      async (route) => {
        const own = new Map<Asked, readonly string[]>();
        for (const asked of ASKED)
          own.set(asked, corsLines(await ask(app.port, `/${route}`, asked)));
        const wrong: object[] = [];
        const cached = { HIT: 0, MISS: 0 } as Record<string, number>;
        for (const [index, [first, second]] of PAIRS.entries()) {
          const path = `/${route}?pair=${index}`;
          await ask(nginx.port, path, first);
          const answer = await ask(nginx.port, path, second);
          const [state = ''] = values(answer, 'x-cache');
          cached[state] = (cached[state] ?? 0) + 1;
          const [seen, expected] = [corsLines(answer), own.get(second)];
          if (JSON.stringify(seen) !== JSON.stringify(expected))
            wrong.push({ first: first.name, second: second.name, state, seen, expected });
        }
        expect(wrong).toEqual([]);
        // Each origin finds what it left itself, and nothing of the others.
        expect(cached['HIT']).toBe(ASKED.length * Object.keys(KINDS).length);
      },
    );
  });
});

function ask(port: number, path: string, { request }: Asked): Promise<RawResponse> {
  return send(port, { ...request, path });
}
