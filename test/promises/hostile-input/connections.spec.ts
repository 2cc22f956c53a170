import { FastifyAdapter } from '@nestjs/platform-fastify';
import { get, preflight, request } from '../../support/row.js';
import { requestHttp2 } from '../../support/http2.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, MATRIX, STRATEGIES } from '../../support/platforms.js';
import { send, type HeaderLine, type RawRequest } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { pipeline, wire } from '../../support/connection.js';
import { CONTROLLERS, POLICIES } from '../../support/shop.js';
import { verdict } from '../../support/verdict.js';

const GRANTED = `204 ${APP} +credentials`;

interface BodyRow {
  readonly name: string;
  readonly headers: readonly HeaderLine[];
  readonly body: string;
  /** Body parsers come before an `OPTIONS` route, which only strategy `'interceptor'` has; no browser sends such bodies. */
  readonly parsed: Readonly<Record<'express' | 'fastify', string>>;
}

const JSON_TYPE: HeaderLine = ['Content-Type', 'application/json'];
const length = (value: number): HeaderLine => ['Content-Length', String(value)];

const BODIES: readonly BodyRow[] = [
  {
    name: 'a body',
    headers: [length(5)],
    body: 'hello',
    parsed: { express: GRANTED, fastify: '415 -' },
  },
  {
    name: 'a chunked body',
    headers: [['Transfer-Encoding', 'chunked']],
    body: '5\r\nhello\r\n0\r\n\r\n',
    parsed: { express: GRANTED, fastify: '415 -' },
  },
  {
    name: 'Expect: 100-continue',
    headers: [['Expect', '100-continue'], JSON_TYPE, length(2)],
    body: '{}',
    parsed: { express: GRANTED, fastify: GRANTED },
  },
  {
    name: 'malformed JSON',
    headers: [JSON_TYPE, length(5)],
    body: '{"a":',
    parsed: { express: '400 -', fastify: '400 -' },
  },
  {
    name: 'a long body',
    headers: [['Content-Type', 'text/plain'], length(90_000)],
    body: 'x'.repeat(90_000),
    parsed: { express: GRANTED, fastify: GRANTED },
  },
];

/** Attacks that need more than one request, or another version of HTTP. */
describe.each(MATRIX)('connections on $title', ({ platform, strategy }) => {
  let app: RunningApp;
  let port = 0;

  const verdicts = async (...requests: RawRequest[]): Promise<readonly string[]> =>
    (await pipeline(port, requests.map(wire))).map(verdict);

  const old = async (sent: RawRequest): Promise<string> =>
    verdict(await send(port, { ...sent, version: '1.0' }));
  const hostless = (version: string, sent: string, method: string): Promise<readonly string[]> =>
    pipeline(port, [
      {
        method,
        bytes:
          `${sent} HTTP/${version}\r\nOrigin: ${APP}\r\n` +
          'Access-Control-Request-Method: PUT\r\n\r\n',
      },
    ]).then((all) => all.map(verdict));

  beforeAll(async () => {
    const cors = { policies: POLICIES, default: { origin: 'https://default.example' } };
    app = await startApp(createAdapter(platform), { cors, controllers: CONTROLLERS }, strategy);
    ({ port } = app);
  });

  afterAll(() => app.close());

  it('OPTIONS * gets nothing, even where a default policy answers for what is not routed', async () => {
    const star = await send(port, preflight('*', 'GET', 'https://default.example'));
    expect(verdict(star)).toMatch(/ -$/);
  });

  it('pipelined requests of different origins do not see each other', async () => {
    const rounds = Array.from({ length: 20 }, () => [
      preflight('/shop/1', 'PUT', APP),
      preflight('/shop/1', 'PUT', EVIL),
      get('/regexp', 'https://one.rx.example'),
      get('/regexp', EVIL),
      get('/shop'),
      preflight('/shop/1', 'DELETE', APP),
      get('/open', EVIL),
    ]).flat();
    const each = [
      GRANTED,
      '403 -',
      '200 https://one.rx.example',
      '200 -',
      '200 -',
      '403 -',
      '200 *',
    ];
    expect(await verdicts(...rounds)).toEqual(Array.from({ length: 20 }, () => each).flat());
  });

  it.each(BODIES)(
    'a preflight with $name is answered, the connection stays usable',
    async (row) => {
      const sent = { ...preflight('/shop/1', 'PUT', APP, undefined, row.headers), body: row.body };
      const seen = await verdicts(sent, preflight('/shop/1', 'PUT'), get('/shop', APP));
      const usable = [GRANTED, GRANTED, `200 ${APP} +credentials`];
      const parsed = [row.parsed[platform], ...seen.slice(1)]; // after an error of a parser Fastify closes it
      expect(seen).toEqual(strategy === 'hook' ? usable : parsed);
    },
  );

  it('HTTP/1.0 is decided like 1.1; without Host too, where 1.1 is answered 400 by Node', async () => {
    expect(await old(preflight('/shop/1', 'PUT'))).toBe(GRANTED);
    expect(await old(preflight('/shop/1', 'PUT', EVIL))).toBe('403 -');
    expect(await old(get('/shop', APP))).toBe(`200 ${APP} +credentials`);
    expect(await hostless('1.0', 'OPTIONS /shop/1', 'OPTIONS')).toEqual([GRANTED]);
    expect(await hostless('1.0', 'GET /shop', 'GET')).toEqual([`200 ${APP} +credentials`]);
    expect(await hostless('1.1', 'OPTIONS /shop/1', 'OPTIONS')).toEqual(['400 -']);
  });

  it('2,000 preflights to random paths from random origins leave the next one alone', async () => {
    const random = Array.from({ length: 2000 }, (_, index) =>
      preflight(`/shop/${index}/${index * 7}`, 'PUT', `https://o${index}.evil.test`),
    );
    expect(new Set(await verdicts(...random))).toEqual(
      new Set([strategy === 'hook' ? '403 -' : '404 -']),
    );
    expect(await verdicts(preflight('/shop/1', 'PUT'))).toEqual([GRANTED]);
  });

  it('answers a request that carries a body after a preflight on the same connection', async () => {
    const body = { ...request('POST', '/shop', APP, [JSON_TYPE, length(2)]), body: '{}' };
    expect(await verdicts(preflight('/shop', 'POST'), body)).toEqual([
      GRANTED,
      `201 ${APP} +credentials`,
    ]);
  });
});

describe.each(STRATEGIES)('HTTP/2 on fastify × %s', (strategy) => {
  let app: RunningApp;

  beforeAll(async () => {
    const cors = { policies: POLICIES };
    const adapter = new FastifyAdapter({ http2: true });
    app = await startApp(adapter, { cors, controllers: CONTROLLERS }, strategy);
  });

  afterAll(() => app.close());

  const ask = async (
    method: string,
    headers: string | string[],
    origin = APP,
  ): Promise<unknown> => {
    const [head] = await requestHttp2(app.port, [
      {
        ':method': 'OPTIONS',
        ':path': '/listed',
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers as string, // Node's types know of one line only
      },
    ]);
    return [head?.[':status'], head?.['access-control-allow-origin']];
  };

  it('compares methods with regard to case, although patch arrives as it is', async () => {
    expect(await ask('PATCH', 'x-one')).toEqual([204, APP]);
    expect(await ask('patch', 'x-one')).toEqual([403, undefined]);
  });

  it('reads several lines of header names as one list', async () => {
    expect(await ask('PUT', ['x-one', 'content-type'])).toEqual([204, APP]);
    expect(await ask('PUT', ['x-one', 'x-two'])).toEqual([403, undefined]);
  });

  it('needs no Host, denies strangers, and survives a method nobody knows', async () => {
    expect(await ask('PUT', 'x-one', EVIL)).toEqual([403, undefined]);
    const [odd] = await requestHttp2(app.port, [
      { ':method': 'patch', ':path': '/listed', origin: APP },
    ]);
    expect(odd?.[':status']).toBe(404);
    expect(await ask('PUT', 'x-one')).toEqual([204, APP]);
  });
});
