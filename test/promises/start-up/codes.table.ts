import { fromSource, type CorsIssueCode } from 'nestjs-cors';
import { APPLICATION_CODES } from './codes.applications.js';
import { at, type CodeRow, type Options, optionsRow as row } from './support/code-row.js';

const APP = 'https://app.example.com';
const credentials = true;

/** Options of the default policy, beside a valid origin. */
function policy(
  code: CorsIssueCode,
  where: string,
  wrong: Options,
  right: Options,
  production = false,
): CodeRow {
  const whole = (options: Options): Options => ({ default: { origin: APP, ...options } });
  return row(code, `default${where}`, whole(wrong), whole(right), production);
}

function origin(
  code: CorsIssueCode,
  wrong: unknown,
  right: unknown,
  more: Options = {},
  production = false,
): CodeRow {
  const index = Array.isArray(wrong) ? `[${wrong.length - 1}]` : '';
  return policy(
    code,
    `.origin${index}`,
    { ...more, origin: wrong },
    { ...more, origin: right },
    production,
  );
}

/** An entry of `credentials`, beside an `origin` that does not cover it and one that does. */
function listed(entry: unknown, narrow: unknown, wide: unknown): CodeRow {
  const whole = (allowed: unknown): Options => ({ origin: allowed, credentials: [entry] });
  return policy('credentials-beyond-origin', '.credentials[0]', whole(narrow), whole(wide));
}

function preflightHeaders(code: CorsIssueCode, where: string, wrong: Options, right: Options): CodeRow {
  const whole = (headers: Options): Options => ({ preflightHeaders: headers });
  return policy(code, `.preflightHeaders${where}`, whole(wrong), whole(right));
} // prettier-ignore

/** A `CorsOptionsDelegate`, as `app.enableCors()` takes one. */
function delegate(_request: unknown, answer: (error: null, options: Options) => void): void {
  answer(null, { origin: APP });
}
/** Answers no question without an error. */
const trapped = new Proxy({}, new Proxy({}, { get: () => () => { throw new Error('a trap'); } })); // prettier-ignore
const throwing = { get origin(): string { throw new Error('no such variable'); } }; // prettier-ignore

/** Options as some configuration libraries hand them out: accessors of a class, methods beside them. */
class Settings {
  get origin(): string {
    return APP;
  }
  describe(): string {
    return this.origin;
  }
}
class Plainly {
  origin = APP;
  toJSON(): object {
    return {};
  }
}
class Configuration {
  get default(): Options {
    return { origin: APP };
  }
}
function hidden(key: string, value: unknown, options: Options): Options {
  return Object.defineProperty({ ...options }, key, { value });
} // prettier-ignore

const many = (length: number, item: string): string[] => Array.from({ length }, () => item);

const POLICIES: readonly CodeRow[] = [
  row('invalid-options', 'default', { default: 7 }, { default: { origin: APP } }),
  row('invalid-options', 'default', { default: (_: unknown, answer: (options: object) => void) => answer({ origin: APP }) }, { default: { origin: (origin: string) => origin === APP } }),
  row('unreadable-options', 'default.origin', { default: Object.create({ origin: APP }) as object }, { default: Object.assign(Object.create({}) as object, { origin: APP }) }),
  row('unreadable-options', 'default.maxAge', { default: Object.defineProperty({ origin: APP }, 'maxAge', { value: 5 }) }, { default: { origin: APP, maxAge: 5 } }),
  row('unreadable-options', 'policies.a.origin', { policies: { a: new (class { get origin(): string { return APP; } })() } }, { policies: { a: new (class { origin = APP; })() } }),
  row('unknown-option', 'CorsModule', { origin: APP, credentials }, { default: { origin: APP, credentials } }),
  row('invalid-options', 'policies', { policies: new Map([['a', { origin: APP }]]) }, { policies: { a: { origin: APP } } }),
  row('invalid-options', 'policies', { policies: null }, { policies: undefined }),
  row('invalid-options', 'policies', { policies: [] }, { policies: {} }),
  row('invalid-options', 'paths[0]', { paths: ['/a'] }, { paths: [{ path: '/a', policy: false }] }),
  row('invalid-options', 'CorsModule', delegate as never, { default: { origin: APP } }),
  row('invalid-options', 'default', { default: delegate }, { default: { origin: APP } }),
  row('invalid-options', 'policies', { policies: delegate }, { policies: { app: { origin: APP } } }),
  row('unreadable-options', 'default', { default: throwing }, { default: { get origin() { return APP; } } }),
  row('unreadable-options', 'policies.a', { policies: { a: new Proxy({}, { ownKeys: () => { throw new Error('no'); } }) } }, { policies: { a: new Proxy({ origin: APP }, {}) } }),
  policy('list-too-long', '.methods', { methods: many(129, 'PUT') }, { methods: many(128, 'PUT') }),
  policy('list-too-long', '.vary', { vary: many(100_001, 'X-A') }, { vary: ['X-A'] }),
  row('list-too-long', 'default.origin', { default: { origin: many(1_000_001, APP) } }, { default: { origin: [APP] } }),
  policy('unknown-option', '', { orgin: APP }, {}),
  row('unknown-option', 'CorsModule', { polices: {} }, { policies: {} }),
  row('unknown-option', 'paths[0]', { paths: [{ path: '/a', policy: false, method: 'GET' }] }, { paths: [{ path: '/a', policy: false, methods: 'GET' }] }),
  row('unknown-option', 'CorsModule', JSON.parse('{"__proto__":{"default":"a"}}') as Options, {}),
  row('unknown-option', 'CorsModule', { default: { origin: APP }, methods: ['PUT'] }, { default: { origin: APP, methods: ['PUT'] } }),
  policy('refused-option', '', { preflightContinue: true }, {}),
  policy('refused-option', '', { privateNetwork: true }, {}),
  policy('invalid-option-type', '.credentials', { credentials: 'true' }, { credentials }),
  policy('invalid-option-type', '.credentials', { credentials: APP }, { credentials: [APP] }),
  policy('invalid-option-type', '.denied', { denied: 'ignore' }, { denied: 'reject' }),
  policy('invalid-option-type', '.timingAllowOrigin', { timingAllowOrigin: '*' }, { timingAllowOrigin: true }),
  policy('invalid-option-type', '.resourcePolicy', { resourcePolicy: 'same' }, { resourcePolicy: 'same-site' }),
  policy('invalid-option-type', '.methods', { methods: 7 }, { methods: 'PUT' }),
  policy('invalid-option-type', '.vary', { vary: 7 }, { vary: 'X-Tenant' }),
  policy('invalid-option-type', '.extends', { extends: 7 }, { extends: undefined }),
  row('invalid-option-type', 'paths', { paths: {} }, { paths: [] }),
  row('invalid-option-type', 'paths[0].methods', { paths: [{ path: '/a', policy: false, methods: 7 }] }, { paths: [{ path: '/a', policy: false, methods: ['GET'] }] }),
  row('invalid-option-type', 'paths[0].keepExposedHeaders', { paths: [{ path: '/a', policy: { origin: APP }, keepExposedHeaders: 'yes' }] }, { paths: [{ path: '/a', policy: { origin: APP }, keepExposedHeaders: true }] }),
  row('invalid-option-type', 'debug', { debug: 'yes' }, { debug: true }),
  row('option-without-effect', 'paths[0].methods', { paths: [{ path: '/a', policy: false, methods: [] }] }, { paths: [{ path: '/a', policy: false }] }),
  row('option-without-effect', 'paths[0].keepExposedHeaders', { paths: [{ path: '/a', policy: false, keepExposedHeaders: true }] }, { paths: [{ path: '/a', policy: { origin: APP }, keepExposedHeaders: true }] }),
  policy('option-without-effect', '.reportOnly', { reportOnly: { extends: 'self', maxAge: 60 } }, { reportOnly: { extends: 'self', methods: ['PUT'] } }),
  policy('option-without-effect', '.reportOnly.reportOnly', { reportOnly: { origin: false, reportOnly: { origin: '*' } } }, { reportOnly: { origin: false } }),
  policy('invalid-options', '.reportOnly', { reportOnly: 'app' }, { reportOnly: { origin: '*' } }),
  policy('unknown-option', '.reportOnly', { reportOnly: { orgin: APP } }, { reportOnly: { origin: '*' } }),
  policy('invalid-origin', '.reportOnly.origin', { reportOnly: { origin: `${APP}/` } }, { reportOnly: { origin: `${APP}:8443` } }),
  policy('unknown-policy', '.reportOnly.extends', { reportOnly: { extends: 'slef' } }, { reportOnly: { extends: 'self', origin: '*' } }),
  policy('unknown-policy', '.extends', { extends: 'self' }, {}),
  row('needs-hook', 'policies.a.reportOnly', { strategy: 'interceptor', policies: { a: { origin: APP, reportOnly: { extends: 'self', denied: 'reject' } } } }, { policies: { a: { origin: APP, reportOnly: { extends: 'self', denied: 'reject' } } } }),
  row('credentials-beyond-origin', 'policies.b.reportOnly.credentials[0]', { policies: { a: { origin: '*', reportOnly: { origin: APP } }, b: { extends: 'a', credentials: ['https://b.example'] } } }, { policies: { a: { origin: '*', reportOnly: { origin: APP } }, b: { extends: 'a', credentials: [APP] } } }),
  ...['credentials', 'maxAge', 'methods', 'vary', 'exposedHeaders', 'timingAllowOrigin', 'dangerouslyAllow'].map((key) => {
    const value = { maxAge: 60, methods: 'PUT', vary: 'X-A', exposedHeaders: 'X-A', dangerouslyAllow: [] }[key] ?? false;
    return row('option-without-effect', `default.${key}`, { default: { origin: false, [key]: value } }, { default: { origin: APP, [key]: value } });
  }),
  row('unreadable-options', 'default.origin', { default: Object.create({ origin: APP }) }, { default: Object.assign(Object.create({}), { origin: APP }) }),
  row('unreadable-options', 'default.origin', { default: Object.create(Object.assign(Object.create(null), { origin: APP })) }, { default: Object.assign(Object.create(null), { origin: APP }) }),
  row('unreadable-options', 'default.origin', { default: new Settings() }, { default: new Plainly() }),
  row('unreadable-options', 'default.credentials', { default: hidden('credentials', true, { origin: APP }) }, { default: hidden('note', true, { origin: APP }) }),
  row('unreadable-options', 'CorsModule.default', new Configuration() as never, { default: new Configuration().default }),
  row('unreadable-options', 'CorsModule.strategy', hidden('strategy', 'interceptor', {}), { strategy: 'interceptor' }),
  row('unreadable-options', 'policies.app', { policies: Object.create({ app: { origin: APP } }) }, { policies: { app: { origin: APP } } }),
  row('unreadable-options', 'policies.app', { policies: hidden('app', { origin: APP }, {}) }, { policies: hidden('validate', () => true, {}) }),
  row('unreadable-options', 'paths[0].methods', { paths: [hidden('methods', ['GET'], { path: '/a', policy: false })] }, { paths: [{ path: '/a', policy: false, methods: ['GET'] }] }),
  policy('unknown-risk', '.dangerouslyAllow[0]', { dangerouslyAllow: ['everything'] }, { dangerouslyAllow: ['shared-hosting-origin'] }),
  row('unknown-risk', 'dangerouslyAllow', { dangerouslyAllow: ['shared-hosting-origin'] }, { dangerouslyAllow: ['debug-in-production'] }),
  row('unknown-risk', 'dangerouslyAllow', { dangerouslyAllow: ['everything'] }, { dangerouslyAllow: ['debug-in-production'] }),
  row('unknown-strategy', 'strategy', { strategy: 'auto' }, { strategy: 'interceptor' }),
  row('unknown-policy', 'default', { default: 'ap', policies: { app: { origin: APP } } }, { default: 'app', policies: { app: { origin: APP } } }),
  row('unknown-policy', 'default', { default: 'shop', policies: { app: { origin: APP } } }, { default: 'app', policies: { app: { origin: APP } } }),
  row('unknown-policy', 'default.extends', { default: { extends: 'toString' } }, { default: { extends: 'app' }, policies: { app: { origin: APP } } }),
  row('missing-policy', 'paths[0].policy', { paths: [{ path: '/a' }] }, { paths: [{ path: '/a', policy: false }] }),
  row('reserved-policy-name', 'policies.parent', { policies: { parent: { origin: APP } } }, { policies: { parents: { origin: APP } } }),
  row('reserved-policy-name', 'policies.self', { policies: { self: { origin: APP } } }, { policies: { shelf: { origin: APP } } }),
  row('reserved-policy-name', 'policies.paths', { policies: { paths: { origin: APP } } }, { policies: { path: { origin: APP } } }),
  row('unknown-policy', 'default', { default: 'paths' }, { default: { origin: APP } }),
  row('unknown-policy', 'paths[0].policy', { paths: [{ path: '/a', policy: 'paths' }] }, { paths: [{ path: '/a', policy: 'passthrough' }] }),
  row('unknown-policy', 'default.extends', { default: { extends: 'passthrough' } }, { default: { origin: APP } }),
  row('extends-cycle', 'policies.a', { policies: { a: { extends: 'b' }, b: { extends: 'a' } } }, { policies: { a: { extends: 'b' }, b: { origin: APP } } }),
  row('extends-cycle', 'policies.p51', { policies: chain(52) }, { policies: chain(51) }),
  row('extends-no-cors', 'default.extends', { default: { extends: 'none' }, policies: { none: { origin: false } } }, { default: { extends: 'none' }, policies: { none: { origin: APP } } }),
  row('extends-no-cors', 'default.extends', { default: { extends: 'none' }, policies: { none: { origin: false }, app: { origin: APP } } }, { default: { extends: 'app' }, policies: { app: { origin: APP } } }),
  row('no-parent-policy', 'default.extends', { default: { extends: 'parent', origin: APP } }, { default: { origin: APP } }),
]; // prettier-ignore

/** Each extends the next; resolving the first goes through all of them. */
function chain(length: number): Record<string, Options> {
  const policies: Record<string, Options> = {};
  for (let index = 0; index < length; index += 1)
    policies[`p${index}`] = index === length - 1 ? { origin: APP } : { extends: `p${index + 1}` };
  return policies;
}

const ORIGINS: readonly CodeRow[] = [
  policy('missing-origin', '.origin', { origin: [] }, { origin: [APP] }),
  policy('missing-origin', '.origin', { origin: undefined }, { origin: false }),
  row('missing-origin', 'paths[0].policy.origin', { paths: [{ path: '/a', policy: {} }] }, { paths: [{ path: '/a', policy: { origin: APP } }] }),
  origin('invalid-origin-type', 7, APP),
  origin('invalid-origin-type', [APP, [APP]], [APP]),
  policy('invalid-origin-type', '.origin', { origin: trapped }, { origin: APP }),
  policy('invalid-origin-type', '.origin[0]', { origin: Array(1) }, { origin: [APP] }),
  origin('invalid-origin', `${APP}/`, APP),
  origin('invalid-origin', 'https://App.example.com', APP),
  origin('invalid-origin', 'https://bücher.example', 'https://xn--bcher-kva.example'),
  origin('invalid-origin', `${'a'.repeat(330)}://app`, `${'a'.repeat(300)}://app`),
  origin('invalid-origin', `https://${'a'.repeat(250)}.test`, `https://${'a'.repeat(60)}.test`),
  origin('invalid-origin', `${APP},https://b.example.com`, APP),
  origin('invalid-origin', `${APP}, https://*.example.com`, APP),
  origin('invalid-origin', `["${APP}"]`, APP),
  origin('invalid-origin', `"${APP}"`, APP),
  origin('invalid-origin', `'https://*.example.com'`, 'https://*.example.com'),
  origin('invalid-origin', ` ${APP}`, APP),
  origin('invalid-origin', '', APP),
  origin('invalid-origin', 'https://*.example.com/', 'https://*.example.com'),
  origin('invalid-origin', 'https://*.Example.com', 'https://*.example.com'),
  origin('invalid-origin', 'https://*.bücher.example', 'https://*.xn--bcher-kva.example'),
  origin('invalid-origin', 'http://localhost:*/', 'http://localhost:*'),
  origin('invalid-origin', 'https://.', 'app://.'),
  origin('invalid-origin', 'http://https://a.example.com', 'https://a.example.com'),
  origin('null-origin', 'NULL', '*'),
  origin('null-origin', 'null', '*'),
  origin('file-origin', 'file:///x', 'capacitor://localhost'),
  origin('file-origin', 'file://', 'capacitor://localhost'),
  origin('file-origin', 'file://example.com', 'capacitor://localhost'),
  origin('origin-without-scheme', 'App.example.com/x', APP),
  origin('origin-without-scheme', 'app.example.com', APP),
  origin('origin-without-scheme', 'localhost:5173', 'http://localhost:5173'),
  origin('origin-without-scheme', 'https//a.example.com', 'https://a.example.com'),
  origin('invalid-port', `${APP}:65536`, `${APP}:65535`),
  origin('invalid-port', `${APP}:08080`, `${APP}:8080`),
  origin('default-port', `${APP}:443`, `${APP}:80`),
  origin('default-port', 'http://*.example.com:80', 'http://*.example.com:8080'),
  origin('non-canonical-ip', 'http://127.1:3000', 'http://127.0.0.1:3000'),
  origin('non-canonical-ip', 'http://127.1', 'http://127.0.0.1'),
  origin('non-canonical-ip', 'http://[::ffff:7f00:1]', 'http://127.0.0.1'),
  origin('non-canonical-ip', 'http://[::0001]', 'http://[::1]'),
  origin('misplaced-wildcard', '*.app.example.com', 'https://*.app.example.com'),
  origin('misplaced-wildcard', 'https://example.com*', 'https://example.com:*'),
  origin('misplaced-wildcard', 'https://app*.example.com', 'https://*.example.com'),
  origin('misplaced-wildcard', 'https://*.127.0.0.1', 'https://*.example.com'),
  origin('misplaced-wildcard', 'https://a.*.example.com', 'https://*.example.com'),
  origin('wildcard-in-list', [APP, '*'], '*'),
  origin('extension-wildcard', 'chrome-extension://*', 'chrome-extension://abc'),
  origin('extension-wildcard', 'chrome-extension://*.abc', 'chrome-extension://abc'),
  origin('extension-wildcard', 'moz-extension://*', 'moz-extension://abc'),
  origin('extension-wildcard', 'chrome-extension://abc:*', 'chrome-extension://abc'),
  policy('wildcard-with-credentials', '', { origin: '*', credentials }, { origin: '*' }),
  policy('wildcard-with-credentials', '', { origin: '*', credentials }, { origin: '*', credentials: [APP] }),
  policy('wildcard-with-credentials', '.credentials[0]', { credentials: ['*'] }, { credentials: [APP] }),
  policy('missing-origin', '.credentials', { credentials: [] }, { credentials: [APP] }),
  policy('invalid-origin-type', '.credentials[1]', { credentials: [APP, () => true] }, { credentials: [APP] }),
  policy('invalid-origin-type', '.credentials[0]', { credentials: [true] }, { credentials: [APP] }),
  policy('origin-without-scheme', '.credentials[0]', { credentials: ['app.example.com'] }, { credentials: [APP] }),
  policy('regexp-unanchored', '.credentials[0]', { origin: '*', credentials: [/example\.org$/] }, { origin: '*', credentials: [/^https:\/\/a\.example\.org$/] }),
  policy('redundant-origin', '.credentials[1]', { credentials: [APP, APP] }, { credentials: [APP] }),
  policy('insecure-origin-with-credentials', '.credentials[0]', { origin: '*', credentials: ['http://a.example.org'] }, { origin: '*', credentials: ['https://a.example.org'] }),
  listed('https://b.example.org', APP, ['https://b.example.org', APP]),
  listed('https://*.example.org', 'https://*.eu.example.org', 'https://*.example.org'),
  listed('https://*.eu.example.org', ['https://eu.example.org', 'https://a.eu.example.org'], 'https://*.example.org'),
  listed(/^https:\/\/[a-z]+\.example\.org$/, 'https://a.example.org', 'https://*.example.org'),
  listed(/^https:\/\/(?:a|b)\.example\.org$/, 'https://a.example.org', ['https://a.example.org', 'https://b.example.org']),
  listed('https://*.example.org', /^https:\/\/[a-z]+\.example\.org$/, /^https:\/\/([a-z0-9_-]+\.)+example\.org$/),
  listed('https://b.example.org', APP, [APP, (origin: string): boolean => origin.endsWith('//b.example.org')]),
  listed('https://*.example.org', APP, [APP, (origin: string): boolean => origin.endsWith('.example.org')]),
  row('credentials-beyond-origin', 'default.extends', { default: { extends: 'app', origin: 'https://b.example.org' }, policies: { app: { origin: APP, credentials: [APP] } } }, { default: { extends: 'app', origin: [APP, 'https://b.example.org'] }, policies: { app: { origin: APP, credentials: [APP] } } }),
  origin('insecure-origin-with-credentials', 'http://app.example.com', APP, { credentials }),
  origin('insecure-origin-with-credentials', 'http://app.example.com', 'http://localhost:3000', { credentials }),
  origin('insecure-origin-with-credentials', 'http://app.example.com:443', APP, { credentials }),
  origin('public-suffix-wildcard', 'https://*.github.io', 'https://*.shop.github.io', { credentials }),
  at('warning', origin('public-suffix-wildcard', 'https://*.github.io', 'https://*.shop.github.io')),
  origin('shared-hosting-origin', 'https://codepen.io', 'https://codepen.io.example.com', { credentials }),
  origin('local-origin-in-production', 'http://localhost:3000', 'https://localhost.example.com', { credentials }, true),
  at('warning', origin('local-origin-in-production', 'http://10.0.0.1', 'http://11.0.0.1', {}, true)),
  at('error', origin('reflects-every-origin', true, '*')),
  at('error', origin('reflects-every-origin', /.*/, '*')),
  origin('subdomains-with-credentials', 'https://*.example.com', APP, { credentials }),
  origin('any-port-with-credentials', `${APP}:*`, `${APP}:8443`, { credentials }),
  origin('unusual-host', `${APP}.`, APP),
  origin('unusual-host', 'http://intranet', 'http://intranet.example.com'),
  origin('unusual-host', 'http://localhost', 'http://localhost:5173'),
  origin('unusual-host', 'http://127.0.0.1', 'http://tauri.localhost'),
  origin('extension-origin-per-install', 'moz-extension://abc', 'chrome-extension://abc'),
  origin('redundant-origin', [APP, APP], [APP]),
  origin('redundant-origin', ['https://*.example.com', 'https://*.app.example.com'], ['https://*.example.com', 'https://*.app.example.org']),
  origin('redundant-origin', ['https://example.com:*', 'https://example.com:8443'], ['https://example.com', 'https://example.com:8443']),
]; // prettier-ignore

const REGEXPS: readonly CodeRow[] = [
  origin('regexp-unanchored', /example\.com/, /^https:\/\/example\.com$/),
  origin('regexp-unanchored', /^https:\/\/example\.com$/m, /^https:\/\/example\.com$/),
  origin('regexp-unescaped-dot', /^https:\/\/app.example\.com$/, /^https:\/\/app\.example\.com$/),
  origin('regexp-too-wide', /^https:\/\/.*\.example\.com$/, /^https:\/\/[a-z]+\.example\.com$/),
  origin('regexp-stateful', /^https:\/\/app\.example\.com$/g, /^https:\/\/app\.example\.com$/),
  origin('regexp-too-complex', /^https:\/\/[ab]*a[ab]{14}\.example\.com$/, /^https:\/\/[ab]*a[ab]{2}\.example\.com$/),
  origin('regexp-not-an-origin', /^example$/, /^https:\/\/example$/),
  origin('regexp-accepts-mutant', /^(?:https:\/\/a\.test|null)$/, /^(?:https:\/\/a\.test|https:\/\/b\.test)$/),
  origin('regexp-unsupported', /^https:\/\/a$b\.example\.com$/, /^https:\/\/ab\.example\.com$/),
  origin('regexp-unsupported', nested(101), nested(100)),
  origin('regexp-unsupported', new RegExp(`^https://${'a'.repeat(10_000)}$`), /^https:\/\/a\.test$/),
  origin('regexp-case-insensitive', /^https:\/\/[a-z]+\.example\.com$/i, /^https:\/\/[a-z]+\.example\.com$/),
]; // prettier-ignore

function nested(depth: number): RegExp {
  return new RegExp(`^${'(?:'.repeat(depth)}https://app\\.example\\.com${')'.repeat(depth)}$`);
}

const NAMES: readonly CodeRow[] = [
  policy('invalid-method', '.methods[0]', { methods: ['P UT'] }, { methods: ['PUT'] }),
  policy('forbidden-method', '.methods[1]', { methods: ['PUT', 'trace'] }, { methods: ['PUT', 'PATCH'] }),
  policy('forbidden-method', '.methods[1]', { methods: ['PUT', 'TRACE'] }, { methods: ['PUT', 'PATCH'] }),
  policy('unknown-method', '.methods[0]', { methods: ['patch'] }, { methods: ['PATCH'] }),
  policy('unknown-method', '.methods[1]', { methods: 'PUT, FOO' }, { methods: 'PUT' }),
  row('unknown-method', 'paths[0].methods', { paths: [{ path: '/a', policy: false, methods: ['put'] }] }, { paths: [{ path: '/a', policy: false, methods: ['PUT'] }] }),
  policy('wildcard-methods', '.methods[0]', { methods: '*' }, { methods: 'PUT' }),
  policy('invalid-header-name', '.allowedHeaders[0]', { allowedHeaders: ['X Id'] }, { allowedHeaders: ['X-Id'] }),
  policy('invalid-header-name', '.exposedHeaders[0]', { exposedHeaders: [''] }, { exposedHeaders: '' }),
  policy('invalid-header-name', '.exposedHeaders[0]', { exposedHeaders: ['X:A'] }, { exposedHeaders: ['X-A'] }),
  policy('invalid-header-name', '.vary[0]', { vary: ['X Tenant'] }, { vary: ['X-Tenant'] }),
  policy('invalid-header-name', '.vary[0]', { vary: 'X'.repeat(129) }, { vary: 'X'.repeat(128) }),
  policy('invalid-header-name', '.vary[0]', { vary: ['X\r\nY'] }, { vary: ['X-Y'] }),
  preflightHeaders('invalid-header-name', '["X A"]', { 'X A': '1' }, { 'X-A': '1' }),
  preflightHeaders('forbidden-preflight-header', '.Vary', { Vary: 'Accept' }, { 'Cache-Control': 'no-store' }),
  preflightHeaders('forbidden-preflight-header', '.access-control-max-age', { 'access-control-max-age': '1' }, { 'cache-control': 'max-age=1' }),
  preflightHeaders('forbidden-preflight-header', '.Transfer-Encoding', { 'Transfer-Encoding': 'chunked' }, { 'Content-Type': 'text/plain' }),
  preflightHeaders('forbidden-preflight-header', '.x-a', { 'X-A': '1', 'x-a': '2' }, { 'X-A': '1', 'x-b': '2' }),
  ...[undefined, '', ' a', 7, 'a\r\nAccess-Control-Allow-Origin: *', 'caf\u00e9', 'a'.repeat(4097)].map((value) =>
    preflightHeaders('invalid-header-value', '.X-A', { 'X-A': value }, { 'X-A': 'a'.repeat(4096) })),
  policy('invalid-options', '.preflightHeaders', { preflightHeaders: [['X-A', '1']] }, { preflightHeaders: {} }),
  policy('unreadable-options', '.preflightHeaders', { preflightHeaders: throwing }, { preflightHeaders: { 'X-A': '1' } }),
  policy('unreadable-options', '.preflightHeaders.X-A', { preflightHeaders: Object.create({ 'X-A': '1' }) as object }, { preflightHeaders: { 'X-A': '1' } }),
  policy('forbidden-request-header', '.allowedHeaders[0]', { allowedHeaders: ['Cookie'] }, { allowedHeaders: ['X-Cookie'] }),
  policy('forbidden-request-header', '.allowedHeaders[1]', { allowedHeaders: ['X-A', 'Cookie'] }, { allowedHeaders: ['X-A', 'Authorization'] }),
  policy('forbidden-request-header', '.allowedHeaders[0]', { allowedHeaders: 'Sec-Fetch-Site' }, { allowedHeaders: 'X-Sec-Fetch-Site' }),
  policy('response-header-in-request', '.allowedHeaders[0]', { allowedHeaders: ['Access-Control-Allow-Origin'] }, { allowedHeaders: ['Authorization'] }),
  policy('unexposable-header', '.exposedHeaders[0]', { exposedHeaders: ['Set-Cookie2'] }, { exposedHeaders: ['X-Set-Cookie'] }),
  policy('unexposable-header', '.exposedHeaders[0]', { exposedHeaders: ['Set-Cookie'] }, { exposedHeaders: ['X-Set-Cookie'] }),
  policy('unexposable-header', '.exposedHeaders[0]', { exposedHeaders: ['Access-Control-Max-Age'] }, { exposedHeaders: ['Access-Control-Allow-Origin'] }),
  policy('exposed-wildcard-with-credentials', '', { exposedHeaders: '*', credentials }, { exposedHeaders: '*' }),
  policy('exposed-wildcard-with-credentials', '', { exposedHeaders: '*', credentials: [APP] }, { exposedHeaders: ['*', 'X-A'], credentials: [APP] }),
  policy('max-age-out-of-range', '.maxAge', { maxAge: -2 }, { maxAge: -1 }),
  policy('max-age-out-of-range', '.maxAge', { maxAge: 86401 }, { maxAge: 86400 }),
  policy('max-age-out-of-range', '.maxAge', { maxAge: 0.5 }, { maxAge: 0 }),
  policy('max-age-out-of-range', '.maxAge', { maxAge: '1h' }, { maxAge: 3600 }),
  policy('max-age-out-of-range', '.maxAge', { maxAge: Number.NaN }, { maxAge: 0 }),
  policy('invalid-success-status', '.optionsSuccessStatus', { optionsSuccessStatus: 300 }, { optionsSuccessStatus: 299 }),
  policy('any-header-with-credentials', '', { allowedHeaders: '*', credentials }, { allowedHeaders: '*' }),
  policy('max-age-capped', '.maxAge', { maxAge: 7201 }, { maxAge: 7200 }),
  policy('options-listed', '.methods', { methods: ['OPTIONS'] }, { methods: ['PUT'] }),
]; // prettier-ignore

const PATHS: readonly CodeRow[] = [
  path('invalid-path', 'paths[0].path', [{ path: 'a', policy: false }], [{ path: '/a', policy: false }]),
  path('invalid-path', 'paths[0].path', [{ path: '/a/:id', policy: false }], [{ path: '/a/*rest', policy: false }]),
  path('invalid-path', 'paths[0].path', [{ path: '/a/../b', policy: false }], [{ path: '/b', policy: false }]),
  path('invalid-path', 'paths[0].path', [{ path: 7, policy: false }], [{ path: '/7', policy: false }]),
  path('invalid-path', 'paths[0].path', [{ path: [], policy: false }], [{ path: ['/a'], policy: false }]),
  path('invalid-path', 'paths[0].path[1]', [{ path: ['/a', '/%61'], policy: false }], [{ path: ['/a', '/b'], policy: false }]),
  path('ambiguous-path', 'paths[1]', [{ path: '/a', policy: false }, { path: '/a/', policy: 'passthrough' }], [{ path: '/a', policy: false }, { path: '/a/*rest', policy: 'passthrough' }]),
  path('ambiguous-path', 'paths[1]', [{ path: '/a', methods: 'PUT', policy: false }, { path: '/a', methods: 'GET, PUT', policy: 'passthrough' }], [{ path: '/a', methods: 'PUT', policy: false }, { path: '/a', methods: 'GET', policy: 'passthrough' }]),
  row('needs-hook', 'paths', { strategy: 'interceptor', paths: [] }, { strategy: 'hook', paths: [] }),
  row('needs-hook', 'default', { strategy: 'interceptor', default: { origin: APP, denied: 'reject' } }, { strategy: 'interceptor', default: { origin: APP, denied: 'omit' } }),
  row('needs-hook', 'policies.a', { strategy: 'interceptor', policies: { a: { origin: APP, denied: 'reject' } } }, { policies: { a: { origin: APP, denied: 'reject' } } }),
  row('debug-in-production', 'debug', { debug: true }, { debug: false }, true),
  row('debug-in-production', 'debug', { debug: true }, { debug: true, dangerouslyAllow: ['debug-in-production'] }, true),
]; // prettier-ignore

/** A source that lists one origin. */
const source = {
  name: 'a list',
  read: () => Promise.resolve({ format: 1, revision: 1, policies: { a: { origin: [APP] } } }),
};
const live = { source };
const named = (a: Options, more: Options = { live }): Options => ({
  default: 'a',
  policies: { a },
  ...more,
});

const LIVE: readonly CodeRow[] = [
  row('revocation-outlived', 'policies.a.maxAge', named({ origin: fromSource(), maxAge: 601 }), named({ origin: fromSource(), maxAge: 600 })),
  row('revocation-outlived', 'policies.a.maxAge', named({ origin: fromSource(), maxAge: 601 }), named({ origin: fromSource(), maxAge: 601, denied: 'reject' })),
  row('missing-origin', 'policies.a.origin', named({ origin: fromSource() }, {}), named({ origin: fromSource() })),
  row('invalid-origin-type', 'default.origin', { ...named({ origin: fromSource() }), default: { origin: fromSource() } }, named({ origin: fromSource() })),
  row('invalid-origin-type', 'policies.a.origin[1]', named({ origin: [APP, fromSource()] }), named({ origin: fromSource() })),
  row('option-without-effect', 'live', named({ origin: APP }), named({ origin: APP }, {})),
  row('invalid-options', 'live', named({ origin: fromSource() }, { live: 7 }), named({ origin: fromSource() })),
  row('unknown-option', 'live', named({ origin: fromSource() }, { live: { source, poll: 7 } }), named({ origin: fromSource() })),
  row('invalid-option-type', 'live.source', named({ origin: fromSource() }, { live: { source: {} } }), named({ origin: fromSource() })),
  row('unreadable-options', 'live.source', named({ origin: fromSource() }, { live: { source: trapped } }), named({ origin: fromSource() })),
  row('invalid-option-type', 'live.pollEvery', named({ origin: fromSource() }, { live: { source, pollEvery: 10 } }), named({ origin: fromSource() }, { live: { source, pollEvery: 60_000 } })),
  row('invalid-option-type', 'live.deadline', named({ origin: fromSource() }, { live: { source, deadline: 2000 } }), named({ origin: fromSource() }, { live: { source, deadline: 1999 } })),
  row('invalid-option-type', 'live.startUp', named({ origin: fromSource() }, { live: { source, startUp: 'open' } }), named({ origin: fromSource() }, { live: { source, startUp: 'closed' } })),
  row('invalid-option-type', 'live.startTimeout', named({ origin: fromSource() }, { live: { source, startTimeout: 0 } }), named({ origin: fromSource() }, { live: { source, startTimeout: 1000 } })),
  row('invalid-option-type', 'live.maxStale', named({ origin: fromSource() }, { live: { source, maxStale: 10 } }), named({ origin: fromSource() }, { live: { source, maxStale: 10_000 } })),
  row('invalid-option-type', 'live.closeSockets', named({ origin: fromSource() }, { live: { source, closeSockets: 1 } }), named({ origin: fromSource() }, { live: { source, closeSockets: false } })),
  row('invalid-option-type', 'live.lastKnownGood', named({ origin: fromSource() }, { live: { source, lastKnownGood: 7 } }), named({ origin: fromSource() }, { live: { source } })),
  row('invalid-option-type', 'live.mayChange', named({ origin: fromSource() }, { live: { source, mayChange: ['maxAge'] } }), named({ origin: fromSource() }, { live: { source, mayChange: ['origin', 'maxAge'] } })),
  row('invalid-option-type', 'live.mayChange[1]', named({ origin: fromSource() }, { live: { source, mayChange: ['origin', 'credentials'] } }), named({ origin: fromSource() }, { live: { source, mayChange: ['origin', 'methods'] } })),
]; // prettier-ignore

function path(code: CorsIssueCode, where: string, wrong: Options[], right: Options[]): CodeRow {
  return row(code, where, { paths: wrong }, { paths: right });
}

export const CODE_ROWS: readonly CodeRow[] = [
  ...POLICIES,
  ...ORIGINS,
  ...REGEXPS,
  ...NAMES,
  ...PATHS,
  ...LIVE,
  ...APPLICATION_CODES,
];
