import type { CorsErrorName, FetchBody, FetchInit } from 'nestjs-cors/testing';
import { allow, API, PAGE, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();

/** Fetch, `Request` constructor: what throws before anything is sent. */
const refused: readonly [what: string, url: string, init: FetchInit][] = [
  ['no URL', 'http://[x', {}],
  ['user info in the URL', 'http://user@api.test/', {}],
  ['no method', '/a', { method: 'A B' }],
  ['a forbidden method', '/a', { method: 'Trace' }],
  ['CONNECT', '/a', { method: 'connect' }],
  ['no-cors PUT', '/a', { method: 'PUT', mode: 'no-cors' }],
  ['GET with a body', '/a', { body: 'x' }],
  ['a header name with blanks', '/a', { headers: { 'x a': '1' } }],
  ['a header value with a line break', '/a', { headers: { 'x-a': '1\n2' } }],
  ['a header value beyond Latin-1', '/a', { headers: { 'x-a': '\u{1f600}' } }],
];

const modes: readonly [what: string, url: string, init: FetchInit, reason: CorsErrorName | null][] =
  [
    [
      'main fetch, step 12: same-origin, elsewhere',
      '/a',
      { mode: 'same-origin' },
      'DisallowedByMode',
    ],
    ['main fetch, step 12: same-origin, at home', `${PAGE}/a`, { mode: 'same-origin' }, null],
    [
      'main fetch, step 12: no-cors, redirect error',
      '/a',
      { mode: 'no-cors', redirect: 'error' },
      'DisallowedByMode',
    ],
    ['main fetch, step 12: cors, another scheme', 'ftp://api.test/', {}, 'CorsDisabledScheme'],
  ];

const bodies: readonly [what: string, body: FetchBody, type: string | undefined][] = [
  ['a string', 'a=1', 'text/plain;charset=UTF-8'],
  ['a form', new URLSearchParams('a=1'), 'application/x-www-form-urlencoded;charset=UTF-8'],
  ['bytes', new TextEncoder().encode('a=1'), undefined],
  ['a blob', new Blob(['a=1'], { type: 'text/csv' }), 'text/csv'],
];

describe('a script calls fetch()', () => {
  it.each(refused)('TypeError: %s', async (_what, url, init) => {
    const result = await api.browser().page(PAGE).fetch(url, init);
    expect(result).toMatchObject({ allowed: false, reason: 'TypeError', hop: 0, exchange: [] });
  });

  it.each(modes)('%s', async (_what, url, init, reason) => {
    api.answer({ headers: allow({ Origin: '*' }) });
    const result = await api.browser().page(PAGE).fetch(url, init);
    expect(result.allowed ? null : result.reason).toBe(reason);
  });

  it.each(bodies)('infers the content type of %s', async (_what, body, type) => {
    let received = '';
    api.answer({ headers: allow({ Origin: '*', Headers: '*' }) });
    const answer = api.script;
    api.script = (request) => {
      request.on('data', (chunk: Buffer) => (received += chunk.toString()));
      return answer(request);
    };
    const page = api.browser().page(PAGE);
    const { exchange } = await page.fetch('/a', { method: 'POST', body });
    expect(exchange.at(-1)?.headers['content-type']).toBe(type);
    expect(received).toBe('a=1');
  });

  it('resolves relative URLs against apiOrigin, and sends the Host of the URL', async () => {
    const hosts: (string | undefined)[] = [];
    api.script = ({ headers, url }) => {
      hosts.push(`${headers.host}${url}`);
      return { headers: allow({ Origin: '*' }) };
    };
    await api.browser().page(PAGE).fetch('a?b#c');
    await api.browser({ apiOrigin: 'https://api.example.com:8443' }).page(PAGE).fetch('/a');
    await api.browser().page(PAGE).fetch(new URL('/x', 'https://anything.example'));
    expect(hosts).toEqual(['api.test/a?b', 'api.example.com:8443/a', 'anything.example/x']);
  });

  it('reads the body once, as text, as JSON, or as it comes', async () => {
    api.answer({ headers: allow({ Origin: '*' }), body: '{"a":1}' });
    const page = api.browser().page(PAGE);
    const [text, json, stream] = [
      await page.fetch('/a'),
      await page.fetch('/a'),
      await page.fetch('/a'),
    ];
    if (!text.allowed || !json.allowed || !stream.allowed) throw new Error('blocked');
    expect(await text.text()).toBe('{"a":1}');
    expect(await json.json()).toEqual({ a: 1 });
    const first = await stream.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe('{"a":1}');
    await expect(text.text()).rejects.toThrow('disturbed');
  });

  it('has pages of origins only', () => {
    const web = api.browser();
    expect(() => web.page(`${PAGE}/`)).toThrow(`write '${PAGE}'`);
    expect(() => web.page('https://App.example.com:443')).toThrow(`write '${PAGE}'`);
    expect(() => web.page('app.example.com')).toThrow("write 'https://app.example.com'");
    expect(web.page('chrome-extension://abc').origin).toBe('chrome-extension://abc');
    expect(web.page(API).origin).toBe(API);
  });
});
