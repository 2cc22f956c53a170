import type { AbstractHttpAdapter } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestHttp2 } from '../../support/http2.js';
import { APP, EVIL } from '../../support/origins.js';
import { STRATEGIES } from '../../support/platforms.js';

import { startApp } from '../../support/test-app.js';
import { closedDoor, boot, closeDoors } from './support/door.js';

closeDoors();

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
