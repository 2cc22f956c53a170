import type { CookieRefusal } from 'nestjs-cors/testing';

/** Visited URLs with the `Set-Cookie` line of each response. */
type Visits = readonly (readonly [url: string, setCookie: string])[];

/** `see` is visited afterwards and is sent this `Cookie` header. */
export interface CookieRow {
  readonly visits: Visits;
  readonly see: string;
  readonly sent: string;
  /** Why the last visit's cookie was refused. */
  readonly refused?: CookieRefusal;
}

const HTTP = 'http://api.example.com/';
const TLS = 'https://api.example.com/';
const LOCAL = 'http://localhost/';
const DEEP = 'https://api.example.com/b/c/';

/** Kept, and sent to the same URL (or to another). */
const kept = (url: string, setCookie: string, sent = 'a=1', see = url): CookieRow => ({
  visits: [[url, setCookie]],
  see,
  sent,
});
/** Refused. */
const not = (url: string, setCookie: string, refused: CookieRefusal): CookieRow => ({
  visits: [[url, setCookie]],
  see: url,
  sent: '',
  refused,
});
const x = (length: number): string => 'x'.repeat(length);

const CONTENT: readonly CookieRow[] = [
  kept(HTTP, 'a=1'),
  kept(HTTP, '=1', '1'),
  kept(HTTP, 'foo', 'foo'),
  kept(TLS, '\ta = 1\t'),
  kept(TLS, 'a b=c d', 'a b=c d'),
  kept(TLS, 'a=1, b=2', 'a=1, b=2'),
  kept(TLS, 'a="1;2"', 'a="1'),
  kept(HTTP, 'a="1=2"; HttpOnly', 'a="1=2"'),
  kept(TLS, `a=${x(4095)}`, `a=${x(4095)}`),
  kept(TLS, x(4096), x(4096)),
  kept(TLS, `a=1; Foo=${x(2000)}`),
  not(TLS, `a=${x(4096)}`, 'NameValuePairExceedsMaxSize'),
  not(TLS, x(4097), 'NameValuePairExceedsMaxSize'),
  not(HTTP, '=', 'NoCookieContent'),
  not(HTTP, ';a=1', 'NoCookieContent'),
  not(HTTP, '=a=b', 'SyntaxError'),
  not(HTTP, '==a', 'SyntaxError'),
  ...['a=\x01', 'a=x\ty', 'a\tb=1', 'a=x\x7fy', 'a=x\x0by', 'a\x01=1', 'a=1; Path=/\x01'].map(
    (line) => not(TLS, line, 'DisallowedCharacter'),
  ),
];

const PREFIXES: readonly CookieRow[] = [
  kept(TLS, '__Secure-a=1; Secure', '__Secure-a=1'),
  kept(LOCAL, '__Secure-a=1; Secure', '__Secure-a=1'),
  kept(TLS, '__Host-a=1; Secure; Path=/', '__Host-a=1'),
  kept(LOCAL, '__Host-a=1; Secure; Path=/', '__Host-a=1'),
  kept(DEEP, '__Host-a=1; Secure; Path=/', '__Host-a=1'),
  kept(TLS, '__Host-a=1; Secure; Path=/; Domain=', '__Host-a=1'),
  kept('https://127.0.0.1/', '__Host-a=1; Secure; Path=/; Domain=127.0.0.1', '__Host-a=1'),
  kept(TLS, '__Http-a=1; Secure; HttpOnly', '__Http-a=1'),
  kept(TLS, '__Host-Http-a=1; Secure; HttpOnly; Path=/', '__Host-Http-a=1'),
  kept(TLS, '=__HttpFoo', '__HttpFoo'),
  ...[
    '__Secure-a=1',
    '__secure-a=1',
    '__Host-a=1; Path=/',
    '__Host-a=1; Secure',
    '__Host-a=1; Secure; Path=/b',
    '__Host-a=1; Secure; Path=/; Domain=api.example.com',
    '__HOST-a=1; Path=/',
    '__Http-a=1; Secure',
    '__Http-a=1; HttpOnly',
    '__http-a=1',
    '__Host-Http-a=1; Secure; Path=/',
    '__Host-Http-a=1; Secure; HttpOnly',
    '__secure-a; Secure',
    '=  __Secure-a; Secure',
    '=__Http-a',
    '=__Host-Http-a',
  ].map((line) => not(TLS, line, 'InvalidPrefix')),
  not(DEEP, '__Host-a=1; Secure', 'InvalidPrefix'),
  not(HTTP, '__Secure-a=1; Secure', 'InvalidPrefix'),
  not(HTTP, '__Host-a=1; Path=/', 'InvalidPrefix'),
  not(HTTP, '__Host-foo', 'InvalidPrefix'),
];

const DOMAINS: readonly CookieRow[] = [
  kept(HTTP, 'a=1', '', 'http://y.api.example.com/'),
  kept(HTTP, 'a=1; Domain=api.example.com', 'a=1', 'http://y.api.example.com/'),
  kept(TLS, 'a=1; Domain=example.com', 'a=1', 'https://www.example.com/'),
  kept(TLS, 'a=1; Domain=.EXAMPLE.com', 'a=1', 'https://example.com/'),
  kept(TLS, 'a=1; Domain=', '', 'https://y.api.example.com/'),
  kept(TLS, 'a=1; Domain=com; Domain=example.com'),
  kept(TLS, 'a=1; Domain=example.com; Domain='),
  kept(TLS, `a=1; Domain=${x(1025)}`),
  kept('https://a.shop.co.uk/', 'a=1; Domain=shop.co.uk', 'a=1', 'https://b.shop.co.uk/'),
  kept('https://github.io/', 'a=1; Domain=github.io'),
  kept('https://github.io/', 'a=1; Domain=github.io', '', 'https://me.github.io/'),
  kept('https://a.b.test/', 'a=1; Domain=b.test', 'a=1', 'https://c.b.test/'),
  kept('https://xn--mnchen-3ya.de/', 'a=1; Domain=xn--mnchen-3ya.de'),
  kept(LOCAL, 'a=1; Domain=localhost'),
  kept(LOCAL, 'a=1; Domain=localhost', '', 'http://x.localhost/'),
  kept('http://intranet/', 'a=1; Domain=intranet'),
  kept('http://127.0.0.1/', 'a=1; Domain=127.0.0.1'),
  kept('http://127.0.0.1/', 'a=1; Domain=.127.0.0.1'),
  kept('http://[::1]/', 'a=1; Domain=[::1]'),
  ...[
    'com',
    'other.com',
    'www.example.com',
    'ample.com',
    '..example.com',
    'example.com.',
    '.',
    '"example.com"',
    'example.com:443',
    'https://example.com',
    '*.example.com',
    'ex%61mple.com',
    'example.com; Domain=com',
  ].map((domain) => not(TLS, `a=1; Domain=${domain}`, 'InvalidDomain')),
  not('https://a.b.test/', 'a=1; Domain=test', 'InvalidDomain'),
  not('https://x.internal/', 'a=1; Domain=internal', 'InvalidDomain'),
  not('http://x.localhost/', 'a=1; Domain=localhost', 'InvalidDomain'),
  not('http://127.0.0.1/', 'a=1; Domain=0.0.1', 'InvalidDomain'),
  not('http://[::1]/', 'a=1; Domain=::1', 'InvalidDomain'),
  not('https://xn--mnchen-3ya.de/', 'a=1; Domain=m\xfcnchen.de', 'InvalidDomain'),
  not('https://shop.co.uk/', 'a=1; Domain=co.uk', 'InvalidDomain'),
  not('https://me.github.io/', 'a=1; Domain=github.io', 'InvalidDomain'),
];

const SECURITY: readonly CookieRow[] = [
  kept(TLS, 'a=1; Secure'),
  kept(TLS, 'a=1; Secure', '', HTTP),
  ...[LOCAL, 'http://x.localhost/', 'http://127.0.0.1/', 'http://127.3.4.5/', 'http://[::1]/'].map(
    (url) => kept(url, 'a=1; Secure'),
  ),
  not(HTTP, 'a=1; Secure', 'SecureOnly'),
  kept(TLS, 'a=1; SameSite=None; Secure'),
  kept(TLS, 'a=1; SameSite=None; SameSite=Lax'),
  kept(TLS, 'a=1; SameSite="None"'),
  kept(TLS, 'a=1; SameSite=Nonsense'),
  not(TLS, 'a=1; SameSite=None', 'SameSiteNoneInsecure'),
  not(HTTP, 'a=1; SameSite=None', 'SameSiteNoneInsecure'),
  not(TLS, 'a=1; SameSite=Lax; SameSite=None', 'SameSiteNoneInsecure'),
  not(TLS, 'a=1;\xa0Secure; SameSite=None', 'SameSiteNoneInsecure'),
];

const PATHS: readonly CookieRow[] = [
  kept(TLS, 'a=1; Path=/b', 'a=1', DEEP),
  kept(TLS, 'a=1; Path=/b', '', 'https://api.example.com/bc/'),
  kept(TLS, 'a=1; Path=b', 'a=1', DEEP),
  kept(TLS, 'a=1; Path="/"', 'a=1', DEEP),
  kept(TLS, 'a=1; Path=/%62', '', DEEP),
  kept(DEEP, 'a=1; Path', 'a=1', DEEP),
  kept(DEEP, 'a=1', '', 'https://api.example.com/b/d/'),
  kept(TLS, `a=1; Path=/${x(1024)}`),
  kept(TLS, `a=1; Path=/${x(1023)}`, ''),
];

const FUTURE = [
  'Wed, 21 Oct 2099 07:28:00 GMT',
  'Wed, 21-Oct-65 07:28:00 GMT',
  'Wed Oct 21 7:28:0 2099',
  '21 Oct 2015',
  '2015-10-21T07:28:00Z',
  '10/21/2015 07:28',
  'Sat, 31-Feb-2015 00:00:00 GMT',
  'Sat, 31-Jan-2015 24:00:00 GMT',
  '0',
  'yesterday',
  '',
];
const PAST = [
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Sat, 01-Jan-70 00:00:00 GMT',
  '1 JANuary 1970 00:00:00',
  'Oct 21 2015 07:28:00 +0100',
];

const TIMES: readonly CookieRow[] = [
  ...FUTURE.map((date) => kept(TLS, `a=1; Expires=${date}`)),
  ...PAST.map((date) => kept(TLS, `a=1; Expires=${date}`, '')),
  ...['9', '+9', '9x', '9.5', '', '"0"', '-', '99999999999999999999', '0; Max-Age=9'].map((age) =>
    kept(TLS, `a=1; Max-Age=${age}`),
  ),
  ...['0', '00', '-9', '-99999999999999999999'].map((age) => kept(TLS, `a=1; Max-Age=${age}`, '')),
  kept(TLS, 'a=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT'),
];

const secureFirst = (first: string, url: string, then: string): Visits => [
  [TLS, first],
  [url, then],
];

/** A cookie that is there already, and one that would replace it. */
const REPLACEMENTS: readonly CookieRow[] = [
  {
    visits: [
      [HTTP, 'a=1'],
      [HTTP, 'a=2'],
    ],
    see: HTTP,
    sent: 'a=2',
  },
  {
    visits: [
      [LOCAL, 'a=1; Secure'],
      [LOCAL, 'a=2'],
    ],
    see: LOCAL,
    sent: 'a=2',
  },
  { visits: secureFirst('a=1; Secure', TLS, 'a=2'), see: TLS, sent: 'a=2' },
  { visits: secureFirst('a=1; Secure', TLS, 'a=2; Max-Age=0'), see: TLS, sent: '' },
  {
    visits: secureFirst('a=1; Secure; Path=/b', HTTP, 'a=2; Path=/'),
    see: 'https://api.example.com/b/',
    sent: 'a=1; a=2',
  },
  ...(
    [
      ['a=1; Secure', HTTP, 'a=2'],
      ['a=1; Secure', HTTP, 'a=; Max-Age=0'],
      ['a=1; Secure; Domain=example.com', HTTP, 'a=2'],
      ['a=1; Secure', 'http://www.example.com/', 'a=2; Domain=example.com'],
    ] as const
  ).map(([first, url, then]): CookieRow => ({
    visits: secureFirst(first, url, then),
    see: TLS,
    sent: 'a=1',
    refused: 'OverwriteSecure',
  })),
  {
    visits: secureFirst('a=1; Secure; Path=/b', HTTP, 'a=2; Path=/b/c'),
    see: DEEP,
    sent: 'a=1',
    refused: 'OverwriteSecure',
  },
];

/** What a visit of a URL sets, and what a later visit is sent: the simulator and Chromium agree on every row. */
export const COOKIE_ROWS: readonly CookieRow[] = [
  ...CONTENT,
  ...PREFIXES,
  ...DOMAINS,
  ...SECURITY,
  ...PATHS,
  ...TIMES,
  ...REPLACEMENTS,
];

/** What a script's fetch has set, from a page on another origin. */
export const FETCH_ROWS: readonly (readonly [
  page: string,
  url: string,
  setCookie: string,
  refused: CookieRefusal | undefined,
])[] = [
  ['https://app.example.com', TLS, 'a=1', undefined],
  ['https://app.example.com', TLS, 'a=1; SameSite=Strict', undefined],
  ['https://other.test', TLS, 'a=1', 'SameSiteUnspecifiedTreatedAsLax'],
  ['https://other.test', TLS, 'a=1; SameSite=Lax', 'SameSiteLax'],
  ['https://other.test', TLS, 'a=1; SameSite=Strict', 'SameSiteStrict'],
  ['https://other.test', TLS, 'a=1; SameSite=None', 'SameSiteNoneInsecure'],
  ['https://other.test', TLS, 'a=1; SameSite=None; Secure', undefined],
  ['http://app.example.com', TLS, 'a=1', 'SameSiteUnspecifiedTreatedAsLax'],
  ['https://one.github.io', 'https://two.github.io/', 'a=1; SameSite=Lax', 'SameSiteLax'],
  ['https://one.co.uk', 'https://two.co.uk/', 'a=1; SameSite=Lax', 'SameSiteLax'],
  ['https://a.shop.co.uk', 'https://b.shop.co.uk/', 'a=1; SameSite=Lax', undefined],
  ['https://a.shop.test', 'https://b.shop.test/', 'a=1; SameSite=Lax', undefined],
];

/** A row's name among test results. */
export function titleOf({ visits, see }: CookieRow): string {
  const steps = visits.map(([url, line]) => `${JSON.stringify(line.slice(0, 70))} of ${url}`);
  return `${steps.join(', then ')}, at ${see.slice(0, 70)}`;
}
