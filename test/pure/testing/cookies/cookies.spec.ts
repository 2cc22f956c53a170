import { CookieJar } from '../../../../lib/testing/cookies/cookie-jar.js';
import { allow, PAGE, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();
const SAME_SITE = 'https://api.example.com';
const CROSS_SITE = 'https://api.test';

/** Set by a URL, then asked for by another (RFC 6265 §5.3 and §5.4). */
const rows: readonly [setCookie: string, set: string, get: string, sent: string][] = [
  ['a=1', 'http://x.test/', 'http://x.test/b', 'a=1'],
  ['a=1', 'http://x.test/', 'http://y.x.test/', ''],
  ['a=1; Domain=x.test', 'http://x.test/', 'http://y.x.test/', 'a=1'],
  ['a=1; Domain=.X.test', 'http://y.x.test/', 'http://x.test/', 'a=1'],
  ['a=1; Path=/b', 'http://x.test/', 'http://x.test/b/c', 'a=1'],
  ['a=1; Path=/b', 'http://x.test/', 'http://x.test/bc', ''],
  ['a=1', 'http://x.test/b/c', 'http://x.test/b/d', 'a=1'],
  ['a=1', 'http://x.test/b/c', 'http://x.test/d', ''],
  ['a=1; Secure', 'https://x.test/', 'https://x.test/', 'a=1'],
  ['a=1; Secure', 'https://x.test/', 'http://x.test/', ''],
  ['a=1; Secure', 'http://localhost/', 'http://localhost/', 'a=1'],
  ['a=1; Max-Age=0', 'http://x.test/', 'http://x.test/', ''],
  ['a=1; Max-Age=9', 'http://x.test/', 'http://x.test/', 'a=1'],
  ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'http://x.test/', 'http://x.test/', ''],
  [
    'a=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'http://x.test/',
    'http://x.test/',
    'a=1',
  ],
  ['a="1=2"; HttpOnly', 'http://x.test/', 'http://x.test/', 'a="1=2"'],
];

describe('cookie jar', () => {
  it.each(rows)('%s of %s at %s', (setCookie, set, get, sent) => {
    const jar = new CookieJar();
    jar.set(set, setCookie);
    expect(jar.get(get)).toBe(sent);
  });

  it.each([
    ['a=1; Domain=y.test', 'http://x.test/'],
    ['a=1; Secure', 'http://x.test/'],
    ['a=1; SameSite=None', 'https://x.test/'],
    ['=1', 'http://x.test/'],
  ])('refuses %s of %s', (setCookie, url) => {
    expect(() => new CookieJar().set(url, setCookie)).toThrow('cannot set the cookie');
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
    api.answer({ headers: [...allow({}), ['Set-Cookie', setCookie], ['Set-Cookie', 'bad']] });
    const web = api.browser();
    const result = await web.page(origin).fetch(`${url}/a`, { credentials });
    expect(result.allowed).toBe(origin === url);
    expect(web.cookies.get(`${url}/a`)).toBe(cookie ?? '');
  });
});
