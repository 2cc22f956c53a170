import { METHODS } from 'node:http';
import { CorsInspector } from 'nestjs-cors';
import { get, preflight, request } from '../../support/row.js';
import { varyNames } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { send, sendBytes, type HeaderLine } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { CONTROLLERS, POLICIES } from '../../support/shop.js';
import { allowedHeaders, listed, verdict } from '../../support/verdict.js';

const GRANTED = `204 ${APP} +credentials`;
const KIB = 1024;

/** What is beyond `maxHeadersCount`; from Node 22 on such a request is refused before anybody sees it. */
const NODE_DROPS_LINES = Number(process.versions.node.split('.')[0]) < 22;

/** Attacks of one request each. */
describe.each(MATRIX)('one hostile request on $title', ({ platform, strategy }) => {
  let app: RunningApp;
  let port = 0;

  const ask = async (...args: Parameters<typeof preflight>): Promise<string> =>
    verdict(await send(port, preflight(...args)));
  const read = async (origin: string): Promise<string> =>
    verdict(await send(port, get('/shop', origin)));
  const headersOf = (value: string): Promise<string> => ask('/shop/1', 'PUT', APP, value);

  beforeAll(async () => {
    const description = { cors: { policies: POLICIES }, controllers: CONTROLLERS };
    app = await startApp(createAdapter(platform), description, strategy);
    ({ port } = app);
  });

  afterAll(() => app.close());

  it('two Origin lines are one origin that nobody has', async () => {
    const twice: HeaderLine[] = [['Origin', APP]];
    expect(verdict(await send(port, get('/shop', APP, twice)))).toBe('200 -');
    expect(verdict(await send(port, preflight('/shop/1', 'PUT', APP, undefined, twice)))).toBe(
      '403 -',
    );
  });

  it('two Access-Control-Request-Method lines fail and are not echoed', async () => {
    const twice: HeaderLine[] = [['Access-Control-Request-Method', 'DELETE']];
    const response = await send(port, preflight('/listed', 'PUT', APP, undefined, twice));
    expect([verdict(response), JSON.stringify(response.headers)]).toEqual([
      '403 -',
      expect.not.stringContaining('PUT'),
    ]);
  });

  it('500 Access-Control-Request-Headers lines of a comma fail', async () => {
    const commas = Array.from({ length: 500 }, (): HeaderLine => [
      'Access-Control-Request-Headers',
      ',',
    ]);
    expect(verdict(await send(port, preflight('/shop/1', 'PUT', APP, undefined, commas)))).toBe(
      '403 -',
    );
  });

  it('15,000 commas fail; more than 16 KiB are answered 431 by Node', async () => {
    expect(await headersOf(','.repeat(15_000))).toBe('403 -');
    expect(await headersOf(','.repeat(17 * KIB))).toBe('431 -');
  });

  it('a name, 15,000 blanks and a name fail', async () => {
    expect(await headersOf(`a${' '.repeat(15_000)}b`)).toBe('403 -');
    expect(await headersOf(`a${'\t '.repeat(7000)},b`)).toBe('403 -');
    expect(await headersOf(`a${' '.repeat(4000)},b`)).toBe(GRANTED);
  });

  it('an origin of 15 KiB or 327 bytes is denied, an empty one is none', async () => {
    for (const origin of [`https://${'a'.repeat(15 * KIB)}`, `https://${'a'.repeat(319)}`]) {
      expect(await read(origin)).toBe('200 -');
      expect(await ask('/shop/1', 'PUT', origin)).toBe('403 -');
    }
    expect(await read('')).toBe('200 -');
    const empty = await send(port, preflight('/shop', 'POST', ''));
    expect(verdict(empty)).toMatch(/^(200|204|404) -$/); // a plain OPTIONS request, for the application
  });

  it('UTF-8 and latin1 in an origin are denied, without a 500', async () => {
    for (const origin of [
      'https://b\xc3\xbccher.example',
      'https://\xe9.a.example',
      `${APP}\xff`,
    ]) {
      for (const path of ['/shop', '/pattern', '/regexp']) {
        expect(verdict(await send(port, get(path, origin)))).toBe('200 -');
        expect(await ask(path, 'POST', origin)).toBe('403 -');
      }
    }
  });

  it.each([
    ['NUL', 'Origin: https://app.example.com\0'],
    ['DEL', 'Origin: https://app.example.com\x7f'],
    ['0x01', 'Origin: https://app.example.com\x01'],
    ['a bare CR', 'Origin: https://app.example.com\rX: y'],
    ['a bare LF', 'Origin: https://app.example.com\nX: y'],
    ['a folded line', 'Origin: https://app.example.com\r\n .evil.test'],
    ['a blank before the colon', 'Origin : https://app.example.com'],
  ])('%s is answered 400 by Node', async (_name, line) => {
    const bytes = `GET /shop HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${line}\r\n\r\n`;
    expect(verdict(await sendBytes(port, bytes))).toBe('400 -');
  });

  it('the matcher denies what other servers would let through', async () => {
    const inspector = app.app.get(CorsInspector);
    for (const end of [
      '\0',
      '\x7f',
      '\x01',
      '\r',
      '\n',
      '\r\n .evil.test',
      ' ',
      '\u2028',
      '\u{1f600}',
    ]) {
      for (const path of ['/shop', '/pattern', '/regexp']) {
        for (const origin of [
          `${APP}${end}`,
          `https://x.a.example${end}`,
          `https://x.rx.example${end}`,
        ])
          expect((await inspector.explain('GET', path, origin)).originAllowed).toBe(false);
      }
    }
  });

  it('a TAB inside an origin is denied', async () => {
    expect(await read('https://app\t.example.com')).toBe('200 -');
    expect(await ask('/pattern', 'PUT', 'https://x.a.example\t,')).toBe('403 -');
  });

  it('an Origin that Node drops after too many lines is no Origin', async () => {
    const many = Array.from({ length: 1500 }, (): HeaderLine => ['a', '']);
    const response = await send(
      port,
      request('GET', '/shop', undefined, [...many, ['Origin', APP]]),
    );
    const expected = NODE_DROPS_LINES ? ['200 -', ['origin']] : ['431 -', []];
    expect([verdict(response), varyNames(response)]).toEqual(expected);
  });

  it('OPTIONS * gets nothing, an absolute-form target what its path gets', async () => {
    expect(await ask('*', 'GET')).toMatch(/^(204|400|403|404) -$/);
    for (const authority of [
      'http://localhost',
      'http://elsewhere.test',
      'https://a:1@b.test:99',
    ]) {
      expect(await ask(`${authority}/shop/1`, 'PUT')).toBe(GRANTED);
      expect(await ask(`${authority}/shop/1`, 'DELETE')).toBe('403 -');
      expect(await read(APP)).toBe(`200 ${APP} +credentials`);
    }
  });

  it('methods in lower case and unknown ones are answered 400 by Node', async () => {
    for (const method of ['options', 'patch', 'FOO'])
      expect(verdict(await send(port, request(method, '/shop', APP)))).toBe('400 -');
  });

  it('every method that Node parses can be asked for, but those no browser sends', async () => {
    for (const method of METHODS) {
      const forbidden = ['CONNECT', 'TRACE'].includes(method);
      const response = await send(port, preflight('/listed', method));
      const served = listed(response)?.split(', ').includes(method) === true;
      expect([method, verdict(response), served]).toEqual([
        method,
        forbidden ? '403 -' : `204 ${APP}`,
        !forbidden,
      ]);
    }
    for (const method of ['patch', 'put', 'get', 'FOO', 'TRACK', 'PUT,', 'PUT DELETE'])
      expect([method, await ask('/listed', method)]).toEqual([method, '403 -']);
  });

  it('* is a name like any other, order and duplicates do not matter, case neither', async () => {
    expect(await ask('/listed', '*')).toBe('403 -');
    expect(await ask('/listed', 'PUT', APP, '*')).toBe('403 -');
    expect(await ask('/listed', 'PUT', APP, 'x-one,x-one,content-type')).toBe(`204 ${APP}`);
    expect(await ask('/listed', 'PUT', APP, 'X-ONE')).toBe(`204 ${APP}`);
    const open = await send(port, preflight('/open', 'PUT', EVIL, 'authorization,Authorization,*'));
    expect([verdict(open), allowedHeaders(open)]).toEqual([
      '204 *',
      'authorization, authorization, *',
    ]);
  });

  it("names of Object's properties are names like any other", async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    for (const name of names) {
      expect(await ask('/listed', 'PUT', APP, name)).toBe('403 -');
      expect(await ask('/listed', name)).toBe('403 -');
      expect(await ask('/shop/1', name)).toBe('404 -'); // its routes disagree and there is no default: left alone
      expect(await read(name)).toBe('200 -');
      expect(await ask(`/shop/${name}`, 'PUT')).toBe(GRANTED);
      expect(verdict(await send(port, get(`/${name}`, APP)))).toBe('404 -');
    }
  });

  it('still answers after all of that', async () => {
    expect(await ask('/shop/1', 'PUT')).toBe(GRANTED);
  });

  it.each([
    'https://app.example.com%00.evil.test',
    'https://app.example.com\\@evil.test',
    'https://evil.test#@app.example.com',
    'HTTPS://APP.EXAMPLE.COM',
    'https:app.example.com',
    'https://user@app.example.com',
    'https://app.example.com:443',
    'https://app.example.com/',
    'https://app.example.com.',
    'https://app.example.com, https://evil.test',
    'https://app.example.com https://app.example.com',
    '*',
    'null',
    'NULL',
    '//app.example.com',
  ])('%s is not the origin it looks like', async (origin) => {
    for (const path of ['/shop', '/listed', '/pattern', '/regexp']) {
      expect(verdict(await send(port, get(path, origin)))).toBe('200 -');
      expect(await ask(path, 'POST', origin)).toBe('403 -');
    }
  });
});
