import { Controller, Get, Put } from '@nestjs/common';
import { CorsInspector, CorsPolicy } from 'nestjs-cors';
import { inProduction } from '../../support/in-production.js';
import { CollectedLog } from '../../support/log.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { preflight } from '../../support/row.js';
import { type RawRequest, send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';

@CorsPolicy('local')
@Controller('orders')
class OrdersController {
  @Get()
  all(): string {
    return 'all';
  }

  @Put()
  change(): string {
    return 'changed';
  }

  @CorsPolicy({ extends: 'local', allowedHeaders: ['X-Id'] })
  @Put('inherited')
  inherited(): string {
    return 'inherited';
  }
}

const CORS = {
  policies: {
    local: {
      origin: ['http://localhost:3000', 'https://*.example.com'],
      allowedHeaders: ['X-Trace'],
    },
  },
};

const page = (origin: string): RawRequest => ({ path: '/orders', headers: [['Origin', origin]] });

/** A request, and the line in the terminal. */
const ROWS: readonly (readonly [string, RawRequest, string])[] = [
  [
    'a development server on another port',
    page('http://localhost:5173'),
    `Denied: reading of GET "/orders" from "http://localhost:5173" at OrdersController.all: policy "local" does not allow http://localhost:5173: you allow http://localhost:3000, and the page is on another port; add 'http://localhost:5173' to policies.local.origin if it may read`,
  ],
  [
    'a header that is not listed',
    preflight('/orders', 'PUT', 'https://a.example.com', 'x-trace,x-user'),
    `Denied: preflight for PUT "/orders" from "https://a.example.com" at OrdersController.change: policy "local" does not allow x-user; add 'x-user' to policies.local.allowedHeaders if they may be sent`,
  ],
  [
    'an origin that an inherited list lacks, which a list of the handler would replace',
    preflight('/orders/inherited', 'PUT', 'https://b.test'),
    `Denied: preflight for PUT "/orders/inherited" from "https://b.test" at OrdersController.inherited: policy "OrdersController.inherited (extends local)" does not allow https://b.test; add 'https://b.test' to policies.local.origin if it may read`,
  ],
  [
    'a header that the list of the handler lacks',
    preflight('/orders/inherited', 'PUT', 'https://a.example.com', 'x-trace'),
    `Denied: preflight for PUT "/orders/inherited" from "https://a.example.com" at OrdersController.inherited: policy "OrdersController.inherited (extends local)" does not allow x-trace; add 'x-trace' to \`allowedHeaders\` at OrdersController.inherited if they may be sent`,
  ],
  [
    'an origin that is none, with characters that a terminal acts on',
    page('https://evil.test\u009b31m'),
    `Denied: reading of GET "/orders" from "https://evil.test\\u009b31m" at OrdersController.all: policy "local" does not allow https://evil.test\\u009b31m`,
  ],
];

describe.each(MATRIX)('denials on $title', ({ platform, strategy }) => {
  let app: RunningApp;
  let log: CollectedLog;

  const start = async (): Promise<void> => {
    log = new CollectedLog();
    const description = { controllers: [OrdersController], cors: CORS };
    app = await startApp(createAdapter(platform), description, strategy, log);
    log.take();
  };
  afterEach(async () => {
    await app.close();
    log.silence();
  });

  it.each(ROWS)('are said in the terminal: %s', async (_name, request, line) => {
    await start();
    await send(app.port, request);
    await send(app.port, request);
    expect(log.take()).toEqual([line]);
  });

  it('are the words of explain()', async () => {
    await start();
    const explained = await app.app
      .get(CorsInspector)
      .explain('PUT', '/orders', 'http://localhost:5173');
    await send(app.port, preflight('/orders', 'PUT', 'http://localhost:5173'));
    expect(explained).toMatchObject({ reason: 'origin-denied' });
    expect(log.take()[0]).toContain(explained.advice);
  });

  it('are at most twenty lines, whoever asks how often', async () => {
    await start();
    for (let asked = 0; asked < 200; asked += 1)
      await send(app.port, page(`https://e${asked}.test`));
    expect(log.take()).toHaveLength(20);
  });

  it('are not said in production', () =>
    inProduction(async () => {
      await start();
      await send(app.port, page('https://stranger.test'));
      expect(log.take()).toEqual([]);
    }));
});
