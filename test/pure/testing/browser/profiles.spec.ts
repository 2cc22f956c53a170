import { profiles, type FetchInit, type ProfileName } from 'nestjs-cors/testing';
import { allow, PAGE, sequence, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();
const names = Object.keys(profiles) as ProfileName[];

type Lines = Parameters<typeof allow>[0];
type PerProfile<Value> = Readonly<Record<ProfileName, Value>>;

/** How many preflights two equal fetches send, `seconds` apart. */
async function countPreflights(
  profile: ProfileName,
  init: FetchInit,
  lines: Lines,
  seconds = 0,
): Promise<number> {
  let now = 0;
  api.answer({ headers: allow({ Origin: PAGE, ...lines }) });
  const page = api.browser({ profile, now: () => now }).page(PAGE);
  const first = await page.fetch('/a', init);
  now += seconds * 1000;
  const second = await page.fetch('/a', init);
  expect([first.allowed, second.allowed]).toEqual([true, true]);
  return [...first.exchange, ...second.exchange].filter(({ method }) => method === 'OPTIONS')
    .length;
}

const PUT: FetchInit = { method: 'PUT' };
const put = { Methods: 'PUT' };

/** Preflights of two equal fetches. */
const cacheRows: readonly [
  what: string,
  init: FetchInit,
  lines: Lines,
  seconds: number,
  expected: PerProfile<number>,
][] = [
  ['no max-age, after 4 s', PUT, put, 4, { spec: 1, chromium: 1, firefox: 1, webkit: 1 }],
  ['no max-age, after 5 s', PUT, put, 5, { spec: 2, chromium: 2, firefox: 2, webkit: 2 }],
  [
    'max-age 0',
    PUT,
    { ...put, 'Max-Age': '0' },
    0,
    { spec: 2, chromium: 2, firefox: 2, webkit: 2 },
  ],
  [
    'max-age -1',
    PUT,
    { ...put, 'Max-Age': '-1' },
    0,
    { spec: 1, chromium: 2, firefox: 2, webkit: 2 },
  ],
  [
    'max-age abc',
    PUT,
    { ...put, 'Max-Age': 'abc' },
    4,
    { spec: 1, chromium: 1, firefox: 2, webkit: 1 },
  ],
  [
    'max-age 1.5',
    PUT,
    { ...put, 'Max-Age': '1.5' },
    4,
    { spec: 1, chromium: 1, firefox: 2, webkit: 1 },
  ],
  [
    'two max-ages',
    PUT,
    { ...put, 'Max-Age': ['9', '9'] },
    4,
    { spec: 1, chromium: 1, firefox: 2, webkit: 1 },
  ],
  [
    'a day, after 599 s',
    PUT,
    { ...put, 'Max-Age': '86400' },
    599,
    { spec: 1, chromium: 1, firefox: 1, webkit: 1 },
  ],
  [
    'a day, after 600 s',
    PUT,
    { ...put, 'Max-Age': '86400' },
    600,
    { spec: 1, chromium: 1, firefox: 1, webkit: 2 },
  ],
  [
    'a day, after 7200 s',
    PUT,
    { ...put, 'Max-Age': '86400' },
    7200,
    { spec: 1, chromium: 2, firefox: 1, webkit: 2 },
  ],
  [
    'two days, after one',
    PUT,
    { ...put, 'Max-Age': '172800' },
    86_400,
    { spec: 1, chromium: 2, firefox: 2, webkit: 2 },
  ],
  ['* methods', PUT, { Methods: '*' }, 0, { spec: 1, chromium: 1, firefox: 2, webkit: 1 }],
  [
    '* headers',
    { headers: { 'x-a': '1' } },
    { Headers: '*' },
    0,
    { spec: 1, chromium: 1, firefox: 2, webkit: 1 },
  ],
  [
    'HEAD, not listed',
    { method: 'HEAD', headers: { 'x-a': '1' } },
    { Headers: 'x-a' },
    0,
    { spec: 1, chromium: 1, firefox: 2, webkit: 1 },
  ],
  [
    'authorization under *',
    { headers: { authorization: 'x' } },
    { Headers: ['*', 'authorization'] },
    0,
    { spec: 1, chromium: 1, firefox: 1, webkit: 1 },
  ],
  [
    'cache mode no-store',
    { ...PUT, cache: 'no-store' },
    put,
    0,
    { spec: 2, chromium: 2, firefox: 1, webkit: 1 },
  ],
  [
    'cache mode reload',
    { ...PUT, cache: 'reload' },
    put,
    0,
    { spec: 2, chromium: 2, firefox: 2, webkit: 1 },
  ],
  [
    'cache mode no-cache',
    { ...PUT, cache: 'no-cache' },
    put,
    0,
    { spec: 1, chromium: 2, firefox: 1, webkit: 1 },
  ],
  [
    'If-None-Match',
    { ...PUT, headers: { 'if-none-match': '"x"' } },
    { ...put, Headers: 'if-none-match' },
    0,
    { spec: 1, chromium: 2, firefox: 1, webkit: 1 },
  ],
];

describe('profiles', () => {
  describe.each(cacheRows)('CORS-preflight cache: %s', (_what, init, lines, seconds, expected) => {
    it.each(names)('%s', async (profile) => {
      expect(await countPreflights(profile, init, lines, seconds)).toBe(expected[profile]);
    });
  });

  it.each([
    ['spec', 'HeaderDisallowedByPreflightResponse'],
    ['chromium', null],
    ['firefox', null],
    ['webkit', null],
  ] as const)('%s: Authorization under *: %s', async (profile, reason) => {
    api.answer({ headers: allow({ Origin: '*', Headers: '*' }) });
    const page = api.browser({ profile }).page(PAGE);
    const result = await page.fetch('/a', { headers: { Authorization: 'Bearer t' } });
    expect(result.allowed ? null : result.reason).toBe(reason);
  });

  it.each([
    ['spec', 1],
    ['chromium', 0],
    ['firefox', 1],
    ['webkit', 1],
  ] as const)('%s: preflights for client hints: %d', async (profile, preflights) => {
    api.answer({ headers: allow({ Origin: '*', Headers: '*' }) });
    const headers = { 'Save-Data': 'on', DPR: '1.5', Width: '320' };
    const result = await api.browser({ profile }).page(PAGE).fetch('/a', { headers });
    expect(result.exchange).toHaveLength(1 + preflights);
  });

  it.each([
    ['spec', 3],
    ['chromium', 1],
    ['firefox', 3],
    ['webkit', 1],
  ] as const)(
    '%s: preflights of three fetches, of which two fail: %d',
    async (profile, preflights) => {
      const preflight = { headers: allow({ Origin: PAGE, Methods: 'PUT', 'Max-Age': '600' }) };
      const page = api.browser({ profile }).page(PAGE);
      const methods: string[] = [];
      for (const headers of [allow({}), allow({}), allow({ Origin: PAGE })]) {
        api.answer(preflight, { headers });
        const { exchange } = await page.fetch('/a', PUT);
        methods.push(...exchange.map(({ method }) => method));
      }
      const sent = methods.filter((method) => method === 'OPTIONS').length;
      expect(sent).toBe(preflights);
    },
  );

  it.each([
    ['spec', ['PUT', 'DELETE', 'PUT'], 2],
    ['chromium', ['PUT', 'DELETE', 'PUT'], 3],
    ['firefox', ['PUT', 'DELETE', 'PUT'], 2],
    ['webkit', ['PUT', 'DELETE', 'PUT'], 2],
  ] as const)('%s: remembers entries, or one result', async (profile, methods, preflights) => {
    api.script = ({ headers }) => {
      const asked = headers['access-control-request-method'];
      return {
        headers: allow({ Origin: PAGE, ...(asked === undefined ? {} : { Methods: asked }) }),
      };
    };
    const page = api.browser({ profile }).page(PAGE);
    const sent: string[] = [];
    for (const method of methods)
      sent.push(...sequence((await page.fetch('/a', { method })).exchange));
    expect(sent.filter((line) => line.startsWith('OPTIONS'))).toHaveLength(preflights);
  });

  it.each([
    ['spec', true],
    ['chromium', false],
    ['firefox', true],
    ['webkit', true],
  ] as const)('%s: follows the own origin to user:pass@: %s', async (profile, allowed) => {
    api.script = ({ url }) =>
      url === '/a'
        ? { status: 302, headers: [['Location', `https://u:p@${new URL(PAGE).host}/b`]] }
        : {};
    const result = await api.browser({ profile }).page(PAGE).fetch(`${PAGE}/a`);
    expect(result.allowed).toBe(allowed);
  });

  it.each([
    ['spec', true],
    ['chromium', false],
    ['firefox', true],
    ['webkit', true],
  ] as const)(
    '%s: silence allows the method of a forced preflight: %s',
    async (profile, allowed) => {
      api.answer({ headers: allow({ Origin: '*' }) });
      const page = api.browser({ profile }).page(PAGE);
      const result = await page.fetch('/a', { method: 'PUT', uploadListener: true });
      expect(result.allowed).toBe(allowed);
    },
  );

  it.each([
    ['spec', PAGE],
    ['chromium', 'null'],
    ['firefox', PAGE],
    ['webkit', PAGE],
  ] as const)('%s: Origin of a no-cors POST redirected away: %s', async (profile, origin) => {
    api.script = ({ url }) =>
      url === '/a' ? { status: 307, headers: [['Location', 'http://api.test/b']] } : {};
    const page = api.browser({ profile }).page(PAGE);
    const result = await page.fetch(`${PAGE}/a`, { method: 'POST', mode: 'no-cors' });
    expect(result.exchange.at(-1)?.headers['origin']).toBe(origin);
  });

  describe('chromium alone', () => {
    const granted = { Origin: PAGE, Credentials: 'true', Methods: 'PUT', 'Max-Age': '600' };

    it.each([
      [1023, 1],
      [1024, 2],
    ])('URLs of %d characters: %d preflights', async (length, preflights) => {
      api.answer({ headers: allow(granted) });
      const page = api.browser({ profile: 'chromium' }).page(PAGE);
      const url = 'http://api.test/'.padEnd(length, 'p');
      const results = [await page.fetch(url, PUT), await page.fetch(url, PUT)];
      const methods = results.flatMap(({ exchange }) => exchange.map(({ method }) => method));
      expect(methods.filter((method) => method === 'OPTIONS')).toHaveLength(preflights);
    });

    it('asks again for opaque pages, every time', async () => {
      api.answer({ headers: allow({ ...granted, Origin: 'null' }) });
      const page = api.browser({ profile: 'chromium' }).page('null');
      await page.fetch('/a', PUT);
      expect(sequence((await page.fetch('/a', PUT)).exchange)).toEqual(['OPTIONS /a', 'PUT /a']);
    });

    it('does not let a remembered * cover Authorization', async () => {
      api.answer({ headers: allow({ Origin: '*', Headers: '*' }) });
      const page = api.browser({ profile: 'chromium' }).page(PAGE);
      const init = { headers: { Authorization: 'x' } };
      await page.fetch('/a', init);
      expect((await page.fetch('/a', init)).exchange).toHaveLength(2);
    });

    it('forgets a result that a request with credentials found wanting', async () => {
      api.answer({ headers: allow(granted) });
      const page = api.browser({ profile: 'chromium' }).page(PAGE);
      const counts: number[] = [];
      for (const credentials of ['omit', 'omit', 'include', 'omit'] as const) {
        counts.push((await page.fetch('/a', { ...PUT, credentials })).exchange.length);
      }
      expect(counts).toEqual([2, 1, 2, 1]);
    });
  });
});
