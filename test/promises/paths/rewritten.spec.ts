import { All, Controller, Req } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CorsInspector, type CorsModuleOptions, CorsPolicy } from 'nestjs-cors';
import { corsLines } from '../../support/observe.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';

/** The targets that the handler was given. */
const forwarded: string[] = [];

@CorsPolicy('paths')
@Controller()
class ForwardingController {
  @All(['open/*', 'strict/*']) forward(@Req() { method, url }: IncomingMessage): string {
    forwarded.push(`${method} ${url}`);
    return 'forwarded';
  }
}

const CORS: CorsModuleOptions = {
  paths: [
    { path: '/open/*rest', policy: { origin: '*', credentials: [APP] } },
    { path: '/strict/*rest', policy: { origin: PARTNER, denied: 'reject' } },
    { path: '/strict/*rest', methods: 'DELETE', policy: { origin: APP, denied: 'reject' } },
  ],
};

/** Middleware that assigns another target, or another method, to what goes on. */
function rewrite(request: IncomingMessage, _response: ServerResponse, next: () => void): void {
  if (request.url === '/open/old') request.url = '/strict/new';
  if (request.headers['x-http-method-override'] === 'DELETE') request.method = 'DELETE';
  next();
}

describe.each(PLATFORMS)("the target of a handler under @CorsPolicy('paths') on %s", (platform) => {
  let running: RunningApp;
  const ask = async (
    path: string,
    origin: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; cors: readonly string[]; ran: readonly string[] }> => {
    forwarded.length = 0;
    const headers = Object.entries({ Origin: origin, ...more });
    const response = await send(running.port, { method: 'POST', path, headers });
    return { status: response.status, cors: corsLines(response), ran: [...forwarded] };
  };

  beforeAll(async () => {
    running = await startApp(createAdapter(platform), {
      cors: CORS,
      controllers: [ForwardingController],
      configure: (app) => void app.use(rewrite),
    });
  });

  afterAll(() => running.close());

  it('is the one that was sent, where nothing was rewritten', async () => {
    expect((await ask('/strict/a', EVIL)).status).toBe(403);
    expect((await ask('/open/a', EVIL)).cors).toEqual(['access-control-allow-origin: *']);
  });

  // Fastify's middleware cannot pass on another target than the one that came.
  const isGiven = { express: 'POST /strict/new', fastify: 'POST /open/old' }[platform];

  it("is the one that the handler is given: no stranger reaches what rejects by another entry's target", async () => {
    const [stranger, partner] = [await ask('/open/old', EVIL), await ask('/open/old', PARTNER)];
    expect(partner.ran).toEqual([isGiven]);
    const rewritten = isGiven.includes('strict');
    expect(stranger.ran).toEqual(rewritten ? [] : [isGiven]);
    expect(stranger.status === 403).toBe(rewritten);
    expect(partner.cors).toEqual([`access-control-allow-origin: ${rewritten ? PARTNER : '*'}`]);
  });

  it('has the method that the handler is given', async () => {
    const override = { 'X-HTTP-Method-Override': 'DELETE' };
    expect(await ask('/strict/a', PARTNER, override)).toEqual({ status: 403, cors: [], ran: [] });
  });

  it('is explained: the entry, and whether the origin may send credentials', async () => {
    const inspector = running.app.get(CorsInspector);
    expect(await inspector.explain('GET', '/open/a', APP)).toMatchObject({
      source: 'paths',
      where: 'paths[0]',
      originAllowed: true,
      credentials: true,
    });
    expect(await inspector.explain('GET', '/open/a', EVIL)).toMatchObject({
      originAllowed: true,
      credentials: false,
    });
    expect(inspector.trustedOrigins()).toEqual([APP]);
    expect(inspector.table()).toMatch(/ForwardingController\.forward +paths/);
  });
});
