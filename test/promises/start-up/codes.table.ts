import type { CorsIssueCode } from 'nestjs-cors';
import type { IssueLevel } from '../../../lib/config/issues/codes.js';
import { APPLICATION_CODES } from './codes.applications.js';
import type { CodeRow } from './support/code-row.js';
import { validating } from './support/report.js';

type Options = Record<string, unknown>;

const APP = 'https://app.example.com';
const credentials = true;

function row(
  level: IssueLevel,
  code: CorsIssueCode,
  where: string,
  wrong: Options,
  right: Options,
  production = false,
): CodeRow {
  return {
    code,
    level,
    where,
    wrong: validating(wrong, production),
    right: validating(right, production),
    options: wrong,
    production,
  };
}

/** Options of the default policy, beside a valid origin. */
function policy(
  level: IssueLevel,
  code: CorsIssueCode,
  where: string,
  wrong: Options,
  right: Options,
  production = false,
): CodeRow {
  const whole = (options: Options): Options => ({ default: { origin: APP, ...options } });
  return row(level, code, `default${where}`, whole(wrong), whole(right), production);
}

function origin(
  level: IssueLevel,
  code: CorsIssueCode,
  wrong: unknown,
  right: unknown,
  more: Options = {},
  production = false,
): CodeRow {
  const index = Array.isArray(wrong) ? `[${wrong.length - 1}]` : '';
  return policy(
    level,
    code,
    `.origin${index}`,
    { ...more, origin: wrong },
    { ...more, origin: right },
    production,
  );
}

const throwing = { get origin(): string { throw new Error('no such variable'); } }; // prettier-ignore
const many = (length: number, item: string): string[] => Array.from({ length }, () => item);

const POLICIES: readonly CodeRow[] = [
  row('error', 'invalid-options', 'default', { default: 7 }, { default: { origin: APP } }),
  row('error', 'invalid-options', 'policies', { policies: new Map([['a', { origin: APP }]]) }, { policies: { a: { origin: APP } } }),
  row('error', 'invalid-options', 'policies', { policies: null }, { policies: undefined }),
  row('error', 'invalid-options', 'paths[0]', { paths: ['/a'] }, { paths: [{ path: '/a', policy: false }] }),
  row('error', 'unreadable-options', 'default', { default: throwing }, { default: { get origin() { return APP; } } }),
  row('error', 'unreadable-options', 'policies.a', { policies: { a: new Proxy({}, { ownKeys: () => { throw new Error('no'); } }) } }, { policies: { a: new Proxy({ origin: APP }, {}) } }),
  policy('error', 'list-too-long', '.methods', { methods: many(129, 'PUT') }, { methods: many(128, 'PUT') }),
  row('error', 'list-too-long', 'default.origin', { default: { origin: many(1_000_001, APP) } }, { default: { origin: [APP] } }),
  policy('error', 'unknown-option', '', { orgin: APP }, {}),
  row('error', 'unknown-option', 'CorsModule', { polices: {} }, { policies: {} }),
  row('error', 'unknown-option', 'paths[0]', { paths: [{ path: '/a', policy: false, method: 'GET' }] }, { paths: [{ path: '/a', policy: false, methods: 'GET' }] }),
  row('error', 'unknown-option', 'CorsModule', JSON.parse('{"__proto__":{"default":"a"}}') as Options, {}),
  policy('error', 'refused-option', '', { preflightContinue: true }, {}),
  policy('error', 'refused-option', '', { privateNetwork: true }, {}),
  policy('error', 'invalid-option-type', '.credentials', { credentials: 'true' }, { credentials }),
  policy('error', 'invalid-option-type', '.denied', { denied: 'ignore' }, { denied: 'reject' }),
  policy('error', 'invalid-option-type', '.vary', { vary: 7 }, { vary: 'X-Tenant' }),
  policy('error', 'invalid-option-type', '.extends', { extends: 7 }, { extends: undefined }),
  row('error', 'invalid-option-type', 'paths', { paths: {} }, { paths: [] }),
  row('error', 'invalid-option-type', 'debug', { debug: 'yes' }, { debug: true }),
  row('error', 'option-without-effect', 'paths[0].methods', { paths: [{ path: '/a', policy: false, methods: [] }] }, { paths: [{ path: '/a', policy: false }] }),
  row('error', 'option-without-effect', 'paths[0].keepExposedHeaders', { paths: [{ path: '/a', policy: false, keepExposedHeaders: true }] }, { paths: [{ path: '/a', policy: { origin: APP }, keepExposedHeaders: true }] }),
  policy('error', 'unknown-risk', '.dangerouslyAllow[0]', { dangerouslyAllow: ['everything'] }, { dangerouslyAllow: ['shared-hosting-origin'] }),
  row('error', 'unknown-risk', 'dangerouslyAllow', { dangerouslyAllow: ['shared-hosting-origin'] }, { dangerouslyAllow: ['debug-in-production'] }),
  row('error', 'unknown-strategy', 'strategy', { strategy: 'auto' }, { strategy: 'interceptor' }),
  row('error', 'unknown-policy', 'default', { default: 'ap', policies: { app: { origin: APP } } }, { default: 'app', policies: { app: { origin: APP } } }),
  row('error', 'unknown-policy', 'default.extends', { default: { extends: 'toString' } }, { default: { extends: 'app' }, policies: { app: { origin: APP } } }),
  row('error', 'missing-policy', 'paths[0].policy', { paths: [{ path: '/a' }] }, { paths: [{ path: '/a', policy: false }] }),
  row('error', 'reserved-policy-name', 'policies.parent', { policies: { parent: { origin: APP } } }, { policies: { parents: { origin: APP } } }),
  row('error', 'extends-cycle', 'policies.a', { policies: { a: { extends: 'b' }, b: { extends: 'a' } } }, { policies: { a: { extends: 'b' }, b: { origin: APP } } }),
  row('error', 'extends-cycle', 'policies.p51', { policies: chain(52) }, { policies: chain(51) }),
  row('error', 'extends-no-cors', 'default.extends', { default: { extends: 'none' }, policies: { none: { origin: false } } }, { default: { extends: 'none' }, policies: { none: { origin: APP } } }),
  row('error', 'no-parent-policy', 'default.extends', { default: { extends: 'parent', origin: APP } }, { default: { origin: APP } }),
]; // prettier-ignore

/** Each extends the next; resolving the first goes through all of them. */
function chain(length: number): Record<string, Options> {
  const policies: Record<string, Options> = {};
  for (let index = 0; index < length; index += 1)
    policies[`p${index}`] = index === length - 1 ? { origin: APP } : { extends: `p${index + 1}` };
  return policies;
}

const ORIGINS: readonly CodeRow[] = [
  policy('error', 'missing-origin', '.origin', { origin: [] }, { origin: [APP] }),
  policy('error', 'missing-origin', '.origin', { origin: undefined }, { origin: false }),
  origin('error', 'invalid-origin-type', 7, APP),
  origin('error', 'invalid-origin-type', [APP, [APP]], [APP]),
  policy('error', 'invalid-origin-type', '.origin[0]', { origin: Array(1) }, { origin: [APP] }),
  origin('error', 'invalid-origin', `${APP}/`, APP),
  origin('error', 'invalid-origin', 'https://App.example.com', APP),
  origin('error', 'invalid-origin', 'https://bücher.example', 'https://xn--bcher-kva.example'),
  origin('error', 'invalid-origin', `${'a'.repeat(330)}://app`, `${'a'.repeat(300)}://app`),
  origin('error', 'null-origin', 'NULL', '*'),
  origin('error', 'file-origin', 'file:///x', 'capacitor://localhost'),
  origin('error', 'origin-without-scheme', 'App.example.com/x', APP),
  origin('error', 'invalid-port', `${APP}:65536`, `${APP}:65535`),
  origin('error', 'invalid-port', `${APP}:08080`, `${APP}:8080`),
  origin('error', 'default-port', `${APP}:443`, `${APP}:80`),
  origin('error', 'default-port', 'http://*.example.com:80', 'http://*.example.com:8080'),
  origin('error', 'non-canonical-ip', 'http://127.1:3000', 'http://127.0.0.1:3000'),
  origin('error', 'non-canonical-ip', 'http://[::ffff:7f00:1]', 'http://127.0.0.1'),
  origin('error', 'non-canonical-ip', 'http://[::0001]', 'http://[::1]'),
  origin('error', 'misplaced-wildcard', '*.app.example.com', 'https://*.app.example.com'),
  origin('error', 'misplaced-wildcard', 'https://example.com*', 'https://example.com:*'),
  origin('error', 'misplaced-wildcard', 'https://a.*.example.com', 'https://*.example.com'),
  origin('error', 'wildcard-in-list', [APP, '*'], '*'),
  origin('error', 'extension-wildcard', 'chrome-extension://*', 'chrome-extension://abc'),
  origin('error', 'extension-wildcard', 'moz-extension://*', 'moz-extension://abc'),
  origin('error', 'extension-wildcard', 'chrome-extension://abc:*', 'chrome-extension://abc'),
  policy('error', 'wildcard-with-credentials', '', { origin: '*', credentials }, { origin: '*' }),
  origin('danger', 'insecure-origin-with-credentials', 'http://app.example.com', APP, { credentials }),
  origin('danger', 'insecure-origin-with-credentials', 'http://app.example.com:443', APP, { credentials }),
  origin('danger', 'public-suffix-wildcard', 'https://*.github.io', 'https://*.shop.github.io', { credentials }),
  origin('warning', 'public-suffix-wildcard', 'https://*.github.io', 'https://*.shop.github.io'),
  origin('danger', 'shared-hosting-origin', 'https://codepen.io', 'https://codepen.io.example.com', { credentials }),
  origin('danger', 'local-origin-in-production', 'http://localhost:3000', 'https://localhost.example.com', { credentials }, true),
  origin('warning', 'local-origin-in-production', 'http://10.0.0.1', 'http://11.0.0.1', {}, true),
  origin('error', 'reflects-every-origin', true, '*'),
  origin('error', 'reflects-every-origin', /.*/, '*'),
  origin('warning', 'subdomains-with-credentials', 'https://*.example.com', APP, { credentials }),
  origin('warning', 'any-port-with-credentials', `${APP}:*`, `${APP}:8443`, { credentials }),
  origin('warning', 'unusual-host', `${APP}.`, APP),
  origin('warning', 'unusual-host', 'http://intranet', 'http://intranet.example.com'),
  origin('warning', 'extension-origin-per-install', 'moz-extension://abc', 'chrome-extension://abc'),
  origin('warning', 'redundant-origin', [APP, APP], [APP]),
  origin('warning', 'redundant-origin', ['https://*.example.com', 'https://*.app.example.com'], ['https://*.example.com', 'https://*.app.example.org']),
  origin('warning', 'redundant-origin', ['https://example.com:*', 'https://example.com:8443'], ['https://example.com', 'https://example.com:8443']),
]; // prettier-ignore

const REGEXPS: readonly CodeRow[] = [
  origin('error', 'regexp-unanchored', /example\.com/, /^https:\/\/example\.com$/),
  origin('error', 'regexp-unanchored', /^https:\/\/example\.com$/m, /^https:\/\/example\.com$/),
  origin('error', 'regexp-unescaped-dot', /^https:\/\/app.example\.com$/, /^https:\/\/app\.example\.com$/),
  origin('error', 'regexp-too-wide', /^https:\/\/.*\.example\.com$/, /^https:\/\/[a-z]+\.example\.com$/),
  origin('error', 'regexp-stateful', /^https:\/\/app\.example\.com$/g, /^https:\/\/app\.example\.com$/),
  origin('error', 'regexp-catastrophic', /^https:\/\/(a+)+\.example\.com$/, /^https:\/\/a+\.example\.com$/),
  origin('error', 'regexp-not-an-origin', /^example$/, /^https:\/\/example$/),
  origin('error', 'regexp-accepts-mutant', /^(?:https:\/\/a\.test|null)$/, /^(?:https:\/\/a\.test|https:\/\/b\.test)$/),
  origin('error', 'regexp-unsupported', /^https:\/\/a$b\.example\.com$/, /^https:\/\/ab\.example\.com$/),
  origin('error', 'regexp-unsupported', nested(101), nested(100)),
  origin('error', 'regexp-unsupported', new RegExp(`^https://${'a'.repeat(10_000)}$`), /^https:\/\/a\.test$/),
  origin('warning', 'regexp-case-insensitive', /^https:\/\/[a-z]+\.example\.com$/i, /^https:\/\/[a-z]+\.example\.com$/),
  origin('warning', 'regexp-polynomial', /^https:\/\/[a-z]+[a-z0-9]+\.example\.com$/, /^https:\/\/[a-z0-9]+\.example\.com$/),
]; // prettier-ignore

function nested(depth: number): RegExp {
  return new RegExp(`^${'(?:'.repeat(depth)}https://app\\.example\\.com${')'.repeat(depth)}$`);
}

const NAMES: readonly CodeRow[] = [
  policy('error', 'invalid-method', '.methods[0]', { methods: ['P UT'] }, { methods: ['PUT'] }),
  policy('error', 'forbidden-method', '.methods[1]', { methods: ['PUT', 'trace'] }, { methods: ['PUT', 'PATCH'] }),
  policy('error', 'unknown-method', '.methods[0]', { methods: ['patch'] }, { methods: ['PATCH'] }),
  policy('error', 'unknown-method', '.methods[1]', { methods: 'PUT, FOO' }, { methods: 'PUT' }),
  policy('error', 'wildcard-methods', '.methods[0]', { methods: '*' }, { methods: 'PUT' }),
  policy('error', 'invalid-header-name', '.allowedHeaders[0]', { allowedHeaders: ['X Id'] }, { allowedHeaders: ['X-Id'] }),
  policy('error', 'invalid-header-name', '.exposedHeaders[0]', { exposedHeaders: [''] }, { exposedHeaders: '' }),
  policy('error', 'invalid-header-name', '.vary[0]', { vary: 'X'.repeat(129) }, { vary: 'X'.repeat(128) }),
  policy('error', 'invalid-header-name', '.vary[0]', { vary: ['X\r\nY'] }, { vary: ['X-Y'] }),
  policy('error', 'forbidden-request-header', '.allowedHeaders[0]', { allowedHeaders: ['Cookie'] }, { allowedHeaders: ['X-Cookie'] }),
  policy('error', 'forbidden-request-header', '.allowedHeaders[0]', { allowedHeaders: 'Sec-Fetch-Site' }, { allowedHeaders: 'X-Sec-Fetch-Site' }),
  policy('error', 'response-header-in-request', '.allowedHeaders[0]', { allowedHeaders: ['Access-Control-Allow-Origin'] }, { allowedHeaders: ['Authorization'] }),
  policy('error', 'unexposable-header', '.exposedHeaders[0]', { exposedHeaders: ['Set-Cookie2'] }, { exposedHeaders: ['X-Set-Cookie'] }),
  policy('error', 'unexposable-header', '.exposedHeaders[0]', { exposedHeaders: ['Access-Control-Max-Age'] }, { exposedHeaders: ['Access-Control-Allow-Origin'] }),
  policy('error', 'exposed-wildcard-with-credentials', '', { exposedHeaders: '*', credentials }, { exposedHeaders: '*' }),
  policy('error', 'max-age-out-of-range', '.maxAge', { maxAge: -2 }, { maxAge: -1 }),
  policy('error', 'max-age-out-of-range', '.maxAge', { maxAge: '1h' }, { maxAge: 3600 }),
  policy('error', 'max-age-out-of-range', '.maxAge', { maxAge: Number.NaN }, { maxAge: 0 }),
  policy('error', 'invalid-success-status', '.optionsSuccessStatus', { optionsSuccessStatus: 300 }, { optionsSuccessStatus: 299 }),
  policy('warning', 'any-header-with-credentials', '', { allowedHeaders: '*', credentials }, { allowedHeaders: '*' }),
  policy('warning', 'max-age-capped', '.maxAge', { maxAge: 7201 }, { maxAge: 7200 }),
  policy('warning', 'options-listed', '.methods', { methods: ['OPTIONS'] }, { methods: ['PUT'] }),
]; // prettier-ignore

const PATHS: readonly CodeRow[] = [
  path('invalid-path', 'paths[0].path', [{ path: 'a', policy: false }], [{ path: '/a', policy: false }]),
  path('invalid-path', 'paths[0].path', [{ path: '/a/:id', policy: false }], [{ path: '/a/*rest', policy: false }]),
  path('invalid-path', 'paths[0].path', [{ path: [], policy: false }], [{ path: ['/a'], policy: false }]),
  path('invalid-path', 'paths[0].path[1]', [{ path: ['/a', '/%61'], policy: false }], [{ path: ['/a', '/b'], policy: false }]),
  path('ambiguous-path', 'paths[1]', [{ path: '/a', policy: false }, { path: '/a/', policy: 'passthrough' }], [{ path: '/a', policy: false }, { path: '/a/*rest', policy: 'passthrough' }]),
  path('ambiguous-path', 'paths[1]', [{ path: '/a', methods: 'PUT', policy: false }, { path: '/a', methods: 'GET, PUT', policy: 'passthrough' }], [{ path: '/a', methods: 'PUT', policy: false }, { path: '/a', methods: 'GET', policy: 'passthrough' }]),
  row('error', 'needs-hook', 'paths', { strategy: 'interceptor', paths: [] }, { strategy: 'hook', paths: [] }),
  row('error', 'needs-hook', 'default', { strategy: 'interceptor', default: { origin: APP, denied: 'reject' } }, { strategy: 'interceptor', default: { origin: APP, denied: 'omit' } }),
  row('error', 'needs-hook', 'policies.a', { strategy: 'interceptor', policies: { a: { origin: APP, denied: 'reject' } } }, { policies: { a: { origin: APP, denied: 'reject' } } }),
  row('danger', 'debug-in-production', 'debug', { debug: true }, { debug: false }, true),
]; // prettier-ignore

function path(code: CorsIssueCode, where: string, wrong: Options[], right: Options[]): CodeRow {
  return row('error', code, where, { paths: wrong }, { paths: right });
}

export const CODE_ROWS: readonly CodeRow[] = [
  ...POLICIES,
  ...ORIGINS,
  ...REGEXPS,
  ...NAMES,
  ...PATHS,
  ...APPLICATION_CODES,
];
