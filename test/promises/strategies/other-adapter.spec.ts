import { Controller, Get, Put } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { CorsPolicy } from 'nestjs-cors';
import { corsLines } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { type RawResponse, send } from '../../support/raw.js';
import { get, preflight, request } from '../../support/row.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { DoorController, OPTIONS, READABLE, GRANT, boot, closeDoors } from './support/door.js';

closeDoors();

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
