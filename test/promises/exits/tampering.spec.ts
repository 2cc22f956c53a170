import { Controller, Get, Put, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CorsPolicy, NoCors, type CorsModuleOptions } from 'nestjs-cors';
import { get, preflight } from '../../support/row.js';
import { corsLines, values, varyNames } from '../../support/observe.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { type Incoming, type Reply, takeOver } from '../../support/reply.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { verdict } from '../../support/verdict.js';

type Head = (this: ServerResponse, ...args: unknown[]) => unknown;

/** Replaces `writeHead` as compression, session and timing middleware do. */
function wrapHead(response: ServerResponse, before: (response: ServerResponse) => void): void {
  const original = response.writeHead as Head;
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    before(this);
    return original.apply(this, args);
  } as ServerResponse['writeHead'];
}

/** Handlers that tamper with the request or with the response; each is allowed for APP with credentials. */
@CorsPolicy({ origin: APP, credentials: true, exposedHeaders: ['X-Total'] })
@Controller('tamper')
class TamperController {
  @Get('delete-origin') deleteOrigin(@Req() { headers }: Incoming): string {
    delete headers.origin;
    return 'done';
  }
  @Get('rewrite-origin') rewriteOrigin(@Req() { headers }: Incoming): string {
    headers.origin = APP;
    return 'done';
  }
  @Get('rewrite-method') rewriteMethod(
    @Req() request: { raw?: IncomingMessage; url: string },
  ): string {
    const message = request.raw ?? (request as unknown as IncomingMessage);
    message.method = 'DELETE';
    message.url = '/tamper/none';
    return 'done';
  }
  @Get('wrapped') wrapped(@Res() reply: Reply): void {
    const response = takeOver(reply);
    wrapHead(response, (one) => one.setHeader('Access-Control-Allow-Origin', '*'));
    wrapHead(response, (one) => one.removeHeader('Vary'));
    wrapHead(response, (one) => one.setHeader('Vary', 'Accept-Encoding'));
    response.end('done');
  }
  @Get('replaced') replaced(@Res() reply: Reply): void {
    const response = takeOver(reply);
    const original = response.writeHead as Head;
    response.writeHead = ((status: number) =>
      original.call(response, status, {
        'access-control-allow-origin': '*',
      })) as typeof response.writeHead;
    response.end('done');
  }
  @Get('twice') twice(@Res() reply: Reply): void {
    const response = takeOver(reply);
    response.writeHead(200, { 'X-First': '1' });
    try {
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*' });
      response.end('accepted');
    } catch (error) {
      response.end((error as NodeJS.ErrnoException).code);
    }
  }
  @Get('interim') interim(@Res() reply: Reply): void {
    const response = takeOver(reply);
    response.writeContinue();
    response.writeProcessing();
    response.writeEarlyHints({ link: '</a.css>; rel=preload' });
    response.writeHead(200, ['Access-Control-Allow-Origin', '*']).end('done');
  }
  @Get('bad-header') badHeader(@Res() reply: Reply): void {
    const response = takeOver(reply);
    try {
      response.writeHead(200, { 'X-Bad': 'a\nb' });
    } catch {
      response.statusCode = 500;
    }
    response.end('done');
  }
  @Get('many') many(@Res() reply: Reply): void {
    const response = takeOver(reply);
    response.setHeader('Access-Control-Allow-Origin', ['*', EVIL]);
    response.setHeader('Vary', ['Origin', 'accept', 'ORIGIN']);
    response.setHeader('access-control-expose-headers', ['X-A', 'X-B']);
    response.end('done');
  }
  @NoCors() @Get('none') none(@Res() reply: Reply): void {
    takeOver(reply).writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('done');
  }
  @Put('late') late(): string {
    return 'done';
  }
}

const READABLE = [
  'access-control-allow-credentials: true',
  `access-control-allow-origin: ${APP}`,
  'access-control-expose-headers: X-Total',
];

describe.each(MATRIX)('handlers that tamper on $title', ({ platform, strategy }) => {
  let app: RunningApp;

  beforeAll(async () => {
    const description = { cors: {}, controllers: [TamperController] };
    app = await startApp(createAdapter(platform), description, strategy);
  });

  afterAll(() => app.close());

  it.each([
    ['a handler deletes the Origin', 'delete-origin'],
    ['a handler writes another Origin', 'rewrite-origin'],
    ['a handler writes another method and target', 'rewrite-method'],
    ['wrappers of writeHead set and remove headers', 'wrapped'],
    ['writeHead is replaced by one with headers of its own', 'replaced'],
    ['writeHead is called twice', 'twice'],
    ['1xx responses come first, then a flat header array', 'interim'],
    ['an invalid header is refused and a 500 sent instead', 'bad-header'],
    ['headers are there already, several times over', 'many'],
  ])('%s', async (_name, path) => {
    const allowed = await send(app.port, get(`/tamper/${path}`, APP));
    expect([allowed.body, corsLines(allowed)]).toEqual([expect.any(String), READABLE]);
    expect(varyNames(allowed).filter((name) => name === 'origin')).toHaveLength(1);
    expect(allowed.body).toMatch(/^(done|ERR_HTTP_HEADERS_SENT)$/);
    for (const origin of [EVIL, undefined]) {
      const denied = await send(app.port, get(`/tamper/${path}`, origin));
      expect([corsLines(denied), varyNames(denied)]).toEqual([
        [],
        expect.arrayContaining(['origin']),
      ]);
    }
  });

  it('1xx responses carry nothing, wherever they came from', async () => {
    const { interim, status } = await send(app.port, get('/tamper/interim', APP));
    expect([interim.map((one) => [one.status, corsLines(one)]), status]).toEqual([
      [
        [100, []],
        [102, []],
        [103, []],
      ],
      200,
    ]);
  });

  it('@NoCors() strips what the handler writes', async () => {
    expect(corsLines(await send(app.port, get('/tamper/none', APP)))).toEqual([]);
  });

  it('answers the next request on its own merits', async () => {
    await send(app.port, get('/tamper/rewrite-origin', EVIL));
    expect(verdict(await send(app.port, get('/tamper/rewrite-origin', EVIL)))).toBe('200 -');
    expect(verdict(await send(app.port, preflight('/tamper/late', 'PUT')))).toBe(
      `204 ${APP} +credentials`,
    );
  });
});

@CorsPolicy('mutable')
@Controller('mutable')
class MutableController {
  @Get() read(@Res({ passthrough: true }) reply: Reply): string {
    for (const name of ['vary', 'access-control-allow-origin']) reply.header(name, 'x');
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}

/** Options that change once the application runs. */
describe.each(MATRIX)('options that change at run time on $title', ({ platform, strategy }) => {
  it('nothing changes', async () => {
    const regexp = /^https:\/\/[a-z]+\.rx\.example$/;
    const policy = {
      origin: [APP, regexp] as (string | RegExp)[],
      allowedHeaders: ['x-one'],
      exposedHeaders: ['X-Total'],
      methods: ['PUT'],
      vary: ['X-Tenant'],
      credentials: false,
      maxAge: 5,
    };
    const cors = { policies: { mutable: policy }, default: 'mutable' } as CorsModuleOptions;
    const description = { cors, controllers: [MutableController] };
    const app = await startApp(createAdapter(platform), description, strategy);
    const observe = async (): Promise<unknown> => {
      const asked = [
        preflight('/mutable', 'PUT', APP, 'x-one'),
        preflight('/mutable', 'PUT', EVIL),
      ];
      const read = [
        get('/mutable', 'https://a.rx.example'),
        get('/mutable', EVIL),
        get('/mutable'),
      ];
      const answers = [];
      for (const sent of [...asked, ...read]) answers.push(await send(app.port, sent));
      return answers.map((one) => [one.status, corsLines(one), values(one, 'vary')]);
    };
    try {
      const before = await observe();
      policy.origin.push(EVIL, PARTNER);
      policy.origin[0] = EVIL;
      for (const list of [
        policy.allowedHeaders,
        policy.exposedHeaders,
        policy.methods,
        policy.vary,
      ])
        list.splice(0, 1, 'DELETE', 'X-Evil');
      Object.assign(policy, { origin: '*', credentials: true, maxAge: 86_400 });
      Object.assign(cors, { default: { origin: '*' }, policies: {} });
      regexp.lastIndex = 7;
      regexp.compile('^.*$', 'g');
      expect(await observe()).toEqual(before);
    } finally {
      await app.close();
    }
  });
});
