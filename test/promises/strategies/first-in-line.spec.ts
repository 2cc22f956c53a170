import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { corsLines, varyNames } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { get, preflight } from '../../support/row.js';
import { type AppDescription, startTestingApp } from '../../support/test-app.js';
import { closedDoor, READABLE, GRANT, boot, closeDoors } from './support/door.js';

closeDoors();

const configure: AppDescription['configure'] = (app) => void app.use(closedDoor);

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
