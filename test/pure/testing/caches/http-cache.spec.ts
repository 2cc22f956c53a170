import type { FetchInit } from 'nestjs-cors/testing';
import { allow, PAGE, sequence, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();
const SIBLING = 'https://shop.example.com';

/** Requests of two fetches of the same URL, one after the other (RFC 9111). */
const rows: readonly [
  what: string,
  headers: Readonly<Record<string, string>>,
  second: FetchInit,
  seconds: number,
  requests: number,
][] = [
  ['§4.2: fresh', { 'Cache-Control': 'max-age=60' }, {}, 59, 1],
  ['§4.2: stale', { 'Cache-Control': 'max-age=60' }, {}, 60, 2],
  ['§5.2.2.5: no-store', { 'Cache-Control': 'no-store, max-age=60' }, {}, 0, 2],
  ['§5.2.2.4: no-cache', { 'Cache-Control': 'no-cache, max-age=60' }, {}, 0, 2],
  ['no word about it', {}, {}, 0, 2],
  ['§4.1: Vary, same', { 'Cache-Control': 'max-age=60', Vary: 'accept' }, {}, 0, 1],
  [
    '§4.1: Vary, other',
    { 'Cache-Control': 'max-age=60', Vary: 'accept' },
    { headers: { accept: 'a' } },
    0,
    2,
  ],
  ['§4.1: Vary: *', { 'Cache-Control': 'max-age=60', Vary: '*' }, {}, 0, 2],
  ['another method', { 'Cache-Control': 'max-age=60' }, { method: 'POST' }, 0, 2],
  ['HEAD after GET', { 'Cache-Control': 'max-age=60' }, { method: 'HEAD' }, 0, 1],
  ['no-store by the script', { 'Cache-Control': 'max-age=60' }, { cache: 'no-store' }, 0, 2],
  ['reload', { 'Cache-Control': 'max-age=60' }, { cache: 'reload' }, 0, 2],
  ['no-cache by the script', { 'Cache-Control': 'max-age=60' }, { cache: 'no-cache' }, 0, 2],
  ['force-cache', { 'Cache-Control': 'max-age=60' }, { cache: 'force-cache' }, 100, 1],
  [
    'conditions by the script',
    { 'Cache-Control': 'max-age=60' },
    { headers: { 'if-none-match': 'x' } },
    0,
    3,
  ],
];

describe('HTTP cache', () => {
  it.each(rows)('%s', async (_what, headers, second, seconds, requests) => {
    let now = 0;
    api.answer({ headers: allow({ Origin: '*', Headers: '*', ...headers }) });
    const page = api.browser({ now: () => now }).page(PAGE);
    const first = await page.fetch('/a');
    now = seconds * 1000;
    const again = await page.fetch('/a', second);
    expect([first.allowed, again.allowed]).toEqual([true, true]);
    expect(first.exchange.length + again.exchange.length).toBe(requests);
    const text = again.allowed && (await again.text());
    expect(text).toBe(second.method === 'HEAD' ? '' : 'body');
  });

  /** `Vary: Origin` or not, for two pages of one site: the mistake that only caches show. */
  it.each([
    ['without Vary', {}, 'AllowOriginMismatch', 1],
    ['with Vary: Origin', { Vary: 'Origin' }, null, 2],
    ['with Vary: Accept', { Vary: 'Accept' }, 'AllowOriginMismatch', 1],
  ])('two origins of a site, %s', async (_what, vary, reason, requests) => {
    api.script = ({ headers }) => ({
      headers: allow({ Origin: headers.origin ?? '', 'Cache-Control': 'max-age=60', ...vary }),
    });
    const web = api.browser();
    const first = await web.page(PAGE).fetch('/a');
    const second = await web.page(SIBLING).fetch('/a');
    expect(second.allowed ? null : second.reason).toBe(reason);
    expect(first.exchange.length + second.exchange.length).toBe(requests);
  });

  it('is partitioned by site, and not used by opaque pages', async () => {
    api.answer({ headers: allow({ Origin: '*', 'Cache-Control': 'max-age=60' }) });
    const web = api.browser();
    const pages = [
      web.page(PAGE),
      web.page('https://app.example.net'),
      web.page(SIBLING),
      web.page(PAGE, { partition: 'frame' }),
      web.page('null'),
      web.page('null'),
    ];
    const requests: number[] = [];
    for (const page of pages) requests.push((await page.fetch('/a')).exchange.length);
    expect(requests).toEqual([1, 1, 0, 1, 1, 1]);
  });

  it('§4.3.4: a 304 keeps the body and replaces the headers', async () => {
    let exposed = 'x-one';
    api.script = ({ headers }) => {
      const lines = { Origin: '*', 'Expose-Headers': exposed, ETag: '"1"' };
      const isKnown = headers['if-none-match'] === '"1"';
      return isKnown
        ? { status: 304, headers: allow(lines) }
        : { headers: allow({ ...lines, 'X-One': '1', 'X-Two': '2' }) };
    };
    const page = api.browser().page(PAGE);
    await page.fetch('/a');
    exposed = 'x-two';
    const result = await page.fetch('/a');
    if (!result.allowed) throw new Error(result.message);
    expect(result.exchange.map(({ status }) => status)).toEqual([304]);
    expect([result.status, await result.text()]).toEqual([200, 'body']);
    expect([...result.headers.keys()].filter((name) => name.startsWith('x-'))).toEqual(['x-two']);
  });

  it('§4.4: forgets a URL that was written to', async () => {
    api.answer({ headers: allow({ Origin: '*', Methods: 'PUT', 'Cache-Control': 'max-age=60' }) });
    const page = api.browser().page(PAGE);
    const sent: string[] = [];
    for (const method of ['GET', 'PUT', 'GET']) {
      sent.push(...sequence((await page.fetch('/a', { method })).exchange));
    }
    expect(sent).toEqual(['GET /a', 'OPTIONS /a', 'PUT /a', 'GET /a']);
  });

  it.each([
    ['spec', 'PUT', null, 1],
    ['chromium', 'PUT', 'text', 1],
    ['chromium', 'PUT', null, 0],
    ['chromium', 'DELETE', null, 1],
    ['chromium', 'PROPFIND', null, 0],
  ] as const)('%s after %s with body %j', async (profile, method, body, requests) => {
    const cached = { 'Cache-Control': 'max-age=60' };
    api.answer({ headers: allow({ Origin: '*', Methods: '*', Headers: '*', ...cached }) });
    const page = api.browser({ profile }).page(PAGE);
    await page.fetch('/a');
    await page.fetch('/a', { method, body });
    expect((await page.fetch('/a')).exchange).toHaveLength(requests);
  });

  it.each([
    ['spec', 401, 1],
    ['chromium', 401, 2],
    ['chromium', 407, 2],
    ['chromium', 403, 1],
  ] as const)('%s: two fetches of a cacheable %d', async (profile, status, requests) => {
    api.answer({ status, headers: allow({ Origin: '*', 'Cache-Control': 'max-age=60' }) });
    const page = api.browser({ profile }).page(PAGE);
    const results = [await page.fetch('/a'), await page.fetch('/a')];
    expect(results.flatMap(({ exchange }) => exchange)).toHaveLength(requests);
  });

  it('does not keep what the page was refused', async () => {
    api.answer({ headers: allow({ 'Cache-Control': 'max-age=60' }) });
    const page = api.browser().page(PAGE);
    await page.fetch('/a');
    api.answer({ headers: allow({ Origin: '*' }) });
    expect(await page.fetch('/a')).toMatchObject({ allowed: true });
  });

  it('keeps an embedded response, which a page may then not be allowed to read', async () => {
    api.script = ({ headers }) => ({
      headers: allow({
        'Cache-Control': 'max-age=60',
        ...(headers.origin ? { Origin: PAGE } : {}),
      }),
    });
    const page = api.browser().page(PAGE);
    await page.fetch('/logo.png', { mode: 'no-cors' });
    const result = await page.fetch('/logo.png');
    expect(result).toMatchObject({ reason: 'MissingAllowOriginHeader', exchange: [] });
  });
});
