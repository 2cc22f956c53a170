import { CookieJar } from '../../../../lib/testing/cookies/cookie-jar.js';
import { allow, API, PAGE, useScriptedApi } from '../support/scripted-api.js';
import { COOKIE_ROWS, FETCH_ROWS, titleOf, type CookieRow } from './cookies.table.js';

const api = useScriptedApi();
const SAME_SITE = 'https://api.example.com';
const CROSS_SITE = 'https://api.test';

/** The jar after these visits, and why the last cookie was refused. */
function visit({ visits }: CookieRow): readonly [CookieJar, string | undefined] {
  const jar = new CookieJar();
  let reason: string | undefined;
  for (const [url, line] of visits) {
    const [refused] = jar.receive(new URL(url), [line], new URL(url).origin);
    reason = refused?.reason;
  }
  return [jar, reason];
}

describe('cookie jar', () => {
  it.each(COOKIE_ROWS.map((row) => [titleOf(row), row] as const))('%s', (_title, row) => {
    const [jar, reason] = visit(row);
    expect([jar.get(row.see), reason]).toEqual([row.sent, row.refused]);
  });

  it.each(FETCH_ROWS)('a page at %s, from %s: %s', (page, url, line, reason) => {
    const jar = new CookieJar();
    const refused = jar.receive(new URL(url), [line], page);
    expect(refused.map((cookie) => cookie.reason)).toEqual(reason === undefined ? [] : [reason]);
    expect(jar.get(url)).toBe(reason === undefined ? 'a=1' : '');
  });

  it('says why a test cannot set a cookie, and what to write', () => {
    expect(() => new CookieJar().set('https://x.test/', '__Host-a=1; Path=/')).toThrow(
      "https://x.test/ cannot set the cookie '__Host-a=1; Path=/': InvalidPrefix: __Secure- needs Secure and https",
    );
  });

  it('keeps nothing for longer than 400 days', () => {
    let now = 0;
    const jar = new CookieJar(() => now);
    jar.set('http://x.test/', 'a=1; Max-Age=999999999');
    now = 400 * 24 * 3600 * 1000 - 1;
    expect(jar.get('http://x.test/')).toBe('a=1');
    now++;
    expect(jar.get('http://x.test/')).toBe('');
  });

  it('forgets in time, and replaces by name, domain and path', () => {
    let now = 0;
    const jar = new CookieJar(() => now);
    jar.set('http://x.test/', 'a=1; Max-Age=10');
    jar.set('http://x.test/', 'a=2; Max-Age=5');
    jar.set('http://x.test/b/', 'c=3; Path=/b');
    expect(jar.get('http://x.test/b')).toBe('c=3; a=2');
    now = 5000;
    expect(jar.get('http://x.test/b')).toBe('c=3');
    jar.clear();
    expect(jar.get('http://x.test/b')).toBe('');
  });
});

/** Fetch, HTTP-network-or-cache fetch, "includeCredentials", and what `SameSite` lets through. */
const sent: readonly [
  what: string,
  page: string,
  url: string,
  setCookie: string,
  credentials: 'omit' | 'same-origin' | 'include',
  cookie: string | undefined,
][] = [
  ['include', PAGE, SAME_SITE, 'a=1', 'include', 'a=1'],
  ['same-origin, elsewhere', PAGE, SAME_SITE, 'a=1', 'same-origin', undefined],
  ['omit', PAGE, SAME_SITE, 'a=1', 'omit', undefined],
  ['same-origin, at home', PAGE, PAGE, 'a=1', 'same-origin', 'a=1'],
  ['omit, at home', PAGE, PAGE, 'a=1', 'omit', undefined],
  ['another site, Lax by default', PAGE, CROSS_SITE, 'a=1', 'include', undefined],
  ['another site, Strict', PAGE, CROSS_SITE, 'a=1; SameSite=Strict', 'include', undefined],
  ['another site, None', PAGE, CROSS_SITE, 'a=1; SameSite=None; Secure', 'include', 'a=1'],
  ['an opaque page', 'null', CROSS_SITE, 'a=1; SameSite=None; Secure', 'include', undefined],
];

describe('cookies of a fetch', () => {
  it.each(sent)('%s', async (_what, origin, url, setCookie, credentials, cookie) => {
    api.answer({ headers: allow({ Origin: origin, Credentials: 'true' }) });
    const web = api.browser();
    web.cookies.set(url, setCookie);
    const { exchange } = await web.page(origin).fetch(`${url}/a`, { credentials });
    expect(exchange[0]?.headers['cookie']).toBe(cookie);
  });

  it.each(sent)('are stored: %s', async (_what, origin, url, setCookie, credentials, cookie) => {
    api.answer({ headers: [...allow({}), ['Set-Cookie', setCookie], ['Set-Cookie', '=']] });
    const web = api.browser();
    const result = await web.page(origin).fetch(`${url}/a`, { credentials });
    expect(result.allowed).toBe(origin === url);
    expect(web.cookies.get(`${url}/a`)).toBe(cookie ?? '');
  });

  it('that are refused are in the exchange, with the reason', async () => {
    api.answer({
      headers: [
        ['Set-Cookie', 'a=1; Domain=com'],
        ['Set-Cookie', 'b=2'],
      ],
    });
    const web = api.browser({ apiOrigin: 'https://api.example.com' });
    const { exchange } = await web.page(PAGE).fetch('/', { credentials: 'include' });
    expect(exchange[0]?.refusedCookies).toEqual([
      {
        setCookie: 'a=1; Domain=com',
        reason: 'InvalidDomain',
        message: expect.stringContaining('is a public suffix') as string,
      },
    ]);
  });

  it('that are kept leave no list of refused ones', async () => {
    api.answer({ headers: [['Set-Cookie', 'b=2']] });
    const { exchange } = await api.browser().page(API).fetch('/', { credentials: 'include' });
    expect(exchange[0]).not.toHaveProperty('refusedCookies');
  });
});
