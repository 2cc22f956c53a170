import type { FetchInit } from 'nestjs-cors/testing';
import { allow, PAGE, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();

/** Fetch, "CORS-safelisted request-header" and "CORS-unsafe request-header names": what the preflight asks for. */
const rows: readonly [what: string, headers: FetchInit['headers'], asked: string | null][] = [
  ['accept', { Accept: 'application/json' }, null],
  ['accept with a quote', { Accept: 'text/"x"' }, 'accept'],
  ['accept with a tab', { Accept: 'a\tb' }, null],
  ['128 bytes', { Accept: 'a'.repeat(128) }, null],
  ['129 bytes', { Accept: 'a'.repeat(129) }, 'accept'],
  ['accept-language', { 'Accept-Language': 'de, en;q=0.5, *' }, null],
  ['accept-language with @', { 'Accept-Language': 'a@b' }, 'accept-language'],
  ['accept-language with _', { 'Accept-Language': 'de_DE' }, 'accept-language'],
  ['content-language', { 'Content-Language': 'de' }, null],
  ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, null],
  ['multipart in any case', { 'Content-Type': 'Multipart/Form-Data; boundary=x' }, null],
  ['text/plain with parameters', { 'Content-Type': 'text/plain;charset=utf-8' }, null],
  ['text/plain ;', { 'Content-Type': 'text/plain ; x=y' }, null],
  ['text/plain with a quoted parameter', { 'Content-Type': 'text/plain; x="y"' }, 'content-type'],
  ['two types', { 'Content-Type': 'text/plain, text/plain' }, 'content-type'],
  ['JSON', { 'Content-Type': 'application/json' }, 'content-type'],
  ['an empty type', { 'Content-Type': '' }, 'content-type'],
  ['range', { Range: 'bytes=0-99' }, null],
  ['an open range', { Range: 'bytes=5-' }, null],
  ['a suffix range', { Range: 'bytes=-5' }, 'range'],
  ['a reversed range', { Range: 'bytes=9-5' }, 'range'],
  ['two ranges', { Range: 'bytes=0-1,3-4' }, 'range'],
  ['last-event-id', { 'Last-Event-ID': '7' }, 'last-event-id'],
  ['save-data, in Fetch', { 'Save-Data': 'on' }, 'save-data'],
  ['authorization', { Authorization: 'x' }, 'authorization'],
  [
    'sorted, in lower case, once',
    [
      ['X-B', '1'],
      ['x-a', '1'],
      ['X-b', '2'],
    ],
    'x-a,x-b',
  ],
  ['forbidden: cookie, sec-, proxy-', { Cookie: 'a', 'Sec-Fetch-Site': 'x', 'Proxy-X': 'y' }, null],
  ['forbidden: origin, host', { Origin: 'https://x', Host: 'x', Referer: 'x', DNT: '1' }, null],
  ['an override of a method', { 'X-HTTP-Method-Override': 'PUT' }, 'x-http-method-override'],
  ['an override of a forbidden method', { 'X-Method-Override': 'get, Trace' }, null],
];

describe('CORS-unsafe request headers', () => {
  it.each(rows)('%s', async (_what, headers, asked) => {
    api.answer({ headers: allow({ Origin: '*', Headers: '*, authorization' }) });
    const { exchange } = await api
      .browser()
      .page(PAGE)
      .fetch('/a', headers ? { headers } : {});
    expect(exchange[0]?.headers['access-control-request-headers'] ?? null).toBe(asked);
  });

  it('all become unsafe beyond 1024 bytes together', async () => {
    api.answer({ headers: allow({ Origin: '*', Headers: '*' }) });
    const long = 'a'.repeat(128);
    const headers = { Accept: long, 'Accept-Language': long, 'Content-Language': long };
    const page = api.browser({ profile: { ...(await spec()), extraSafelist: many() } }).page(PAGE);
    const within = await page.fetch('/a', { headers });
    const beyond = await page.fetch('/a', {
      headers: {
        ...headers,
        ...Object.fromEntries([...many().keys()].map((name) => [name, long])),
      },
    });
    expect(within.exchange).toHaveLength(1);
    expect(beyond.exchange[0]?.headers['access-control-request-headers']).toBe(
      'accept,accept-language,content-language,h1,h2,h3,h4,h5,h6',
    );
  });
});

/** Six more headers to fill 1024 bytes with; three of Fetch's do not suffice. */
function many(): Map<string, RegExp> {
  return new Map(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, /^/]));
}

async function spec(): Promise<typeof import('nestjs-cors/testing').profiles.spec> {
  return (await import('nestjs-cors/testing')).profiles.spec;
}
