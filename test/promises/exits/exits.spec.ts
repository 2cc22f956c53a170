import { Controller } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { CorsPolicy } from 'nestjs-cors';
import { ExitsController } from './support/exits.js';
import { corsLines, values, varyNames } from '../../support/observe.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import {
  createAdapter,
  MATRIX,
  PLATFORMS,
  type PlatformName,
  type Setup,
} from '../../support/platforms.js';
import { type HeaderLine, type RawRequest, type RawResponse, send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';

@CorsPolicy({ origin: PARTNER, credentials: true, exposedHeaders: ['X-Total-Count'] })
@Controller('exits')
class PartnerExitsController extends ExitsController {}

/** Whose policy a response has: the controller's, the default's (nothing of Nest's answers), or nobody's. */
type Policy = 'route' | 'default' | 'nobody';

interface Exit {
  readonly name: string;
  readonly request: RawRequest;
  /** The same on both platforms, or per platform. */
  readonly status: number | Readonly<Record<Setup['platform'], number>>;
  readonly policy?: Policy | Readonly<Record<Setup['platform'], Policy>>;
  /** Nobody but the hook is there yet when it is answered. */
  readonly beforeInterceptors?: readonly PlatformName[];
  readonly vary?: readonly string[] | Readonly<Record<Setup['platform'], readonly string[]>>;
  /** The response is cut short. */
  readonly broken?: true;
}

const JSON_TYPE: HeaderLine = ['Content-Type', 'application/json'];
const at = (path: string): RawRequest => ({ path: `/exits/${path}` });
const exit = (path: string, status: Exit['status'], more: Partial<Exit> = {}): Exit => ({
  name: path,
  request: at(path),
  status,
  ...more,
});
const post = (
  name: string,
  status: Exit['status'],
  headers: readonly HeaderLine[],
  body: string,
  beforeInterceptors: readonly PlatformName[] = PLATFORMS,
): Exit => ({
  name,
  status,
  request: { method: 'POST', path: '/exits/created', headers, body },
  beforeInterceptors,
});
const writesVary = { vary: ['accept'] };

const EXITS: readonly Exit[] = [
  exit('json', 200),
  exit('empty', 204),
  post('created', 201, [JSON_TYPE], '{"a":1}', []),
  exit('redirect', 302, { vary: { express: ['accept'], fastify: [] } }),
  { name: 'HEAD', request: { method: 'HEAD', path: '/exits/json' }, status: 200 },
  {
    name: '304',
    request: { path: '/exits/etag', headers: [['If-None-Match', '"v1"']] },
    status: 304,
  },
  exit('etag', 200),
  exit('unauthorized', 401, { beforeInterceptors: PLATFORMS }),
  exit('forbidden', 403, { beforeInterceptors: PLATFORMS }),
  exit('forbidden-in-handler', 403),
  exit('bad-request', 400),
  exit('pipe/x', 400),
  exit('too-many', 429),
  exit('unavailable', 503),
  exit('crash', 500),
  exit('rejects', 500),
  exit('own-filter', 418),
  exit('resetting-filter', 500),
  exit('own-cors', 200),
  exit('own-cors-crash', 500),
  exit('header-decorator', 200),
  post('malformed JSON', 400, [JSON_TYPE], '{"a":'),
  post('413', 413, [JSON_TYPE], `"${'x'.repeat(120_000)}"`),
  post(
    '415 for a charset',
    { express: 415, fastify: 201 },
    [['Content-Type', 'application/json; charset=nonsense']],
    '{}',
    ['express'],
  ),
  post(
    '415 for a type',
    { express: 201, fastify: 415 },
    [['Content-Type', 'application/xml']],
    '<a/>',
    ['fastify'],
  ),
  {
    name: '404',
    request: { path: '/nowhere' },
    status: 404,
    policy: 'default',
    beforeInterceptors: PLATFORMS,
  },
  {
    name: 'wrong method',
    request: { method: 'DELETE', path: '/exits/json' },
    status: 404,
    beforeInterceptors: PLATFORMS,
  },
  {
    name: 'malformed URL',
    request: { path: '/exits/pipe/%zz' },
    status: 400,
    policy: { express: 'default', fastify: 'nobody' },
    beforeInterceptors: PLATFORMS,
  },
  {
    name: 'over-long parameter',
    request: { path: `/exits/pipe/${'x'.repeat(200)}` },
    status: { express: 400, fastify: 414 },
    policy: { express: 'route', fastify: 'nobody' },
  },
  {
    name: 'middleware',
    request: { path: '/exits/json?closed' },
    status: 401,
    beforeInterceptors: PLATFORMS,
  },
  exit('file', 200),
  exit('stream', 200),
  exit('failing-stream', 200, { broken: true }),
  exit('broken-stream', { express: 400, fastify: 500 }),
  exit('sse', 200),
  exit('res', 202),
  exit('hijack', 200),
  exit('write', 200),
  exit('flush', 200),
  exit('head-bare', 200),
  exit('head-object', 200, writesVary),
  exit('head-flat', 200, writesVary),
  exit('head-pairs', 200, writesVary),
  exit('head-reason', 200, writesVary),
  exit('hints', 200),
  exit('trailers', 200),
];

/** What Node answers before any application sees a request. */
const NODE: readonly Exit[] = [
  {
    name: 'a header that is none',
    request: { path: '/exits/json', headers: [['Broken Header', 'x']] },
    status: 400,
    policy: 'nobody',
  },
  {
    name: 'headers beyond 16 KiB',
    request: { path: '/exits/json', headers: [['X-Long', 'x'.repeat(20_000)]] },
    status: 431,
    policy: 'nobody',
  },
  {
    name: 'a method that Node does not know',
    request: { method: 'FOO', path: '/exits/json' },
    status: 400,
    policy: 'nobody',
  },
];

const ORIGINS = ['allowed', 'denied', 'absent'] as const;
type Who = (typeof ORIGINS)[number];

interface Cell extends Exit {
  readonly who: Who;
}

const CELLS: readonly Cell[] = [...EXITS, ...NODE].flatMap((each) =>
  ORIGINS.map((who) => ({ ...each, who })),
);

const HEADERS: Readonly<
  Record<Exclude<Policy, 'nobody'>, { readonly origin: string; readonly cors: readonly string[] }>
> = {
  route: {
    origin: PARTNER,
    cors: [
      'access-control-allow-credentials: true',
      `access-control-allow-origin: ${PARTNER}`,
      'access-control-expose-headers: X-Total-Count',
    ],
  },
  default: { origin: APP, cors: [`access-control-allow-origin: ${APP}`] },
};

function forPlatform<Value extends number | string | readonly string[]>(
  value: Value | Readonly<Record<Setup['platform'], Value>>,
  { platform }: Setup,
): Value {
  return typeof value === 'object' && 'express' in value ? value[platform] : (value as Value);
}

function originOf(who: Who, policy: Policy): string | undefined {
  if (who === 'absent') return undefined;
  if (who === 'denied') return EVIL;
  return policy === 'default' ? APP : PARTNER;
}

function expectedOf(
  cell: Cell,
  setup: Setup,
): { cors: readonly string[]; vary: readonly string[] } {
  const policy = forPlatform<Policy>(cell.policy ?? 'route', setup);
  const vary = forPlatform<readonly string[]>(cell.vary ?? [], setup);
  const beforeInterceptors = cell.beforeInterceptors?.includes(setup.platform) === true;
  const covered = policy !== 'nobody' && (setup.strategy === 'hook' || !beforeInterceptors);
  if (!covered) return { cors: [], vary };
  return {
    cors: cell.who === 'allowed' ? HEADERS[policy].cors : [],
    vary: [...vary, 'origin'].sort(),
  };
}

const line = (origin: string): string =>
  `GET /exits/json HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\n`;

function closeSome(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.url !== '/exits/json?closed') return next();
  response.statusCode = 401;
  response.end('closed');
}

describe.each(MATRIX)('ways out on $title', (setup) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(
      createAdapter(setup.platform),
      {
        cors: { default: { origin: APP } },
        controllers: [PartnerExitsController],
        configure: (app) => void app.use(closeSome),
      },
      setup.strategy,
    );
  });

  afterAll(() => running.close());

  async function ask(cell: Cell): Promise<RawResponse> {
    const origin = originOf(cell.who, forPlatform<Policy>(cell.policy ?? 'route', setup));
    const headers: readonly HeaderLine[] = [
      ...(origin === undefined ? [] : [['Origin', origin] as const]),
      ...(cell.request.headers ?? []),
    ];
    return send(running.port, { ...cell.request, headers });
  }

  it.each(CELLS)('$name: $who', async (cell) => {
    const response = await ask(cell);
    expect({
      status: response.status,
      cors: corsLines(response),
      vary: varyNames(response),
      cutOff: cell.broken === true && !response.complete,
    }).toEqual({
      status: forPlatform<number>(cell.status, setup),
      ...expectedOf(cell, setup),
      cutOff: cell.broken === true,
    });
  });

  it('early hints carry no CORS headers, the response does', async () => {
    const response = await send(running.port, {
      path: '/exits/hints',
      headers: [['Origin', PARTNER]],
    });
    expect(response.interim.map((head) => [head.status, corsLines(head)])).toEqual([[103, []]]);
    expect(corsLines(response)).toEqual(HEADERS.route.cors);
  });

  it('trailers stay trailers', async () => {
    const response = await send(running.port, {
      path: '/exits/trailers',
      headers: [['Origin', PARTNER]],
    });
    expect([response.trailers, values(response, 'trailer')]).toEqual([
      [['X-Checksum', '7']],
      ['X-Checksum'],
    ]);
  });

  it('a client that leaves harms nobody', async () => {
    for (const path of ['/exits/stream', '/exits/failing-stream', '/exits/sse', '/nowhere']) {
      await new Promise<void>((resolve) => {
        const socket = connect(running.port, '127.0.0.1', () => {
          socket.write(
            `GET ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${PARTNER}\r\n\r\n`,
            () => socket.destroy(),
          );
        });
        socket.on('close', () => resolve());
      });
    }
    expect((await send(running.port, at('json'))).status).toBe(200);
  });

  it('two requests on one connection have each their own headers', async () => {
    const socket = connect(running.port, '127.0.0.1');
    socket.write(`${line(EVIL)}\r\n${line(PARTNER)}\r\n${line(EVIL)}Connection: close\r\n\r\n`);
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    const heads = received.split('HTTP/1.1 200').slice(1);
    expect(heads.map((head) => /access-control-allow-origin: (.*)\r/i.exec(head)?.[1])).toEqual([
      undefined,
      PARTNER,
      undefined,
    ]);
  });
});

it(`the matrix has no gap: ${EXITS.length + NODE.length} ways out, ${CELLS.length * MATRIX.length} cells`, () => {
  const names = CELLS.map(({ name, who }) => `${name} ${who}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBe((EXITS.length + NODE.length) * ORIGINS.length);
});
