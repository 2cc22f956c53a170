import { canonicalHost } from '../../../../lib/config/origins/canonical-host.js';
import {
  CorsConfigurationError,
  oneLine,
} from '../../../../lib/config/issues/configuration-error.js';
import { fingerprint } from '../../../../lib/config/policies/policy-fingerprint.js';
import { probePredicates } from '../../../../lib/config/origins/probe-predicates.js';
import { placeIn, show, showKey } from '../../../../lib/protocol/show-value.js';
import { isRequestableMethod } from '../../../../lib/protocol/methods.js';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { compile, read } from '../../support/compile.js';

const APP = 'https://app.example.com';
const credentials = true;

function codes(
  options: unknown,
  policies?: Record<string, unknown>,
  surroundings?: Parameters<typeof read>[2],
): string[] {
  const { errors, warnings } = read(options, policies, surroundings).issues;
  return [
    ...errors.map(({ code, where }) => `${code} ${where}`),
    ...warnings.map(({ code, where }) => `(${code} ${where})`),
  ];
}

describe('mistakes', () => {
  const mistakes: readonly [options: unknown, ...codes: string[]][] = [
    [7, 'invalid-options here'],
    [{ origin: APP, orgin: 1, preflightContinue: true }, 'unknown-option here', 'refused-option here'],
    [{}, 'missing-origin here.origin'],
    [{ origin: [] }, 'missing-origin here.origin'],
    [{ origin: true }, 'reflects-every-origin here.origin'],
    [{ origin: [APP, 7, '*'] }, 'invalid-origin-type here.origin[1]', 'wildcard-in-list here.origin[2]'],
    [{ origin: ['NULL', 'FILE:///x', '*.a.test', 'https://*'] }, 'null-origin here.origin[0]', 'file-origin here.origin[1]', 'misplaced-wildcard here.origin[2]', 'misplaced-wildcard here.origin[3]'],
    [{ origin: ['a.test', '//', 'https://', 'https://ü.test', 'https://A.test'] }, 'origin-without-scheme here.origin[0]', 'origin-without-scheme here.origin[1]', 'invalid-origin here.origin[2]', 'invalid-origin here.origin[3]', 'invalid-origin here.origin[4]'],
    [{ origin: ['https://a.test:0', 'https://a.test:70000', 'https://a.test:443', 'http://a.test:80'] }, 'invalid-port here.origin[0]', 'invalid-port here.origin[1]', 'default-port here.origin[2]', 'default-port here.origin[3]'],
    [{ origin: ['http://127.1', 'http://1.2.3.4.5', 'http://[::0001]', 'https://*.1.2.3.4'] }, 'non-canonical-ip here.origin[0]', 'non-canonical-ip here.origin[1]', 'non-canonical-ip here.origin[2]', 'misplaced-wildcard here.origin[3]'],
    [{ origin: `https://${'a'.repeat(255)}` }, 'invalid-origin here.origin'],
    [{ origin: /example\.com/ }, 'regexp-unanchored here.origin'],
    [{ origin: '*', credentials, exposedHeaders: '*', allowedHeaders: '*' }, 'wildcard-with-credentials here', 'exposed-wildcard-with-credentials here', '(any-header-with-credentials here)'],
    [{ origin: APP, methods: ['P UT', '*', 'TRACK', 'patch', 'FOO', 7] }, 'invalid-method here.methods[0]', 'wildcard-methods here.methods[1]', 'forbidden-method here.methods[2]', 'unknown-method here.methods[3]', 'unknown-method here.methods[4]', 'invalid-method here.methods[5]'],
    [{ origin: APP, methods: {}, credentials: 1, denied: 'no', maxAge: Number.NaN, optionsSuccessStatus: '204' }, 'invalid-option-type here.methods', 'invalid-option-type here.credentials', 'invalid-option-type here.denied', 'max-age-out-of-range here.maxAge', 'invalid-success-status here.optionsSuccessStatus'],
    [{ origin: APP, allowedHeaders: ['X A', 'Host', 'Proxy-X', 'Access-Control-Max-Age', '*'] }, 'invalid-header-name here.allowedHeaders[0]', 'forbidden-request-header here.allowedHeaders[1]', 'forbidden-request-header here.allowedHeaders[2]', 'response-header-in-request here.allowedHeaders[3]'],
    [{ origin: APP, exposedHeaders: ['', 'set-cookie2'], vary: [7] }, 'invalid-header-name here.exposedHeaders[0]', 'unexposable-header here.exposedHeaders[1]', 'invalid-header-name here.vary[0]'],
    [{ origin: APP, dangerouslyAllow: ['all'] }, 'unknown-risk here.dangerouslyAllow[0]'],
    [{ origin: 'chrome-extension://*' }, 'extension-wildcard here.origin'],
    [{ origin: APP, methods: Array.from({ length: 5000 }, () => 'PUT') }, 'list-too-long here.methods'],
    [{ extends: 7 }, 'invalid-option-type here.extends'],
    [{ extends: 'nobody' }, 'unknown-policy here.extends'],
    [{ extends: 'parent' }, 'no-parent-policy here.extends'],
    [{ origin: 'http://a.test', credentials }, 'insecure-origin-with-credentials here.origin'],
  ]; // prettier-ignore

  it.each(mistakes)('%j', (options, ...expected) => {
    expect(codes(options)).toEqual(expected);
  });

  it('in named policies', () => {
    const policies = {
      '': { origin: APP },
      a: { extends: 'b' },
      b: { extends: 'a' },
      none: { origin: false },
    };
    expect(codes({ extends: 'none' }, policies)).toEqual([
      'reserved-policy-name policies[""]',
      'extends-cycle policies.a',
      'extends-no-cors here.extends',
    ]);
  });

  it('are thrown together', () => {
    const { issues } = read({ origin: 'null', maxAge: -7 });
    expect(() => issues.throwIfAny()).toThrow(CorsConfigurationError);
    expect(() => issues.throwIfAny()).toThrow(/^2 mistakes in the CORS configuration\n/);
    expect(() => read({ origin: APP }).issues.throwIfAny()).not.toThrow();
  });
});

describe('warnings', () => {
  const warnings: readonly [options: unknown, code: string][] = [
    [{ origin: APP, maxAge: 7201 }, '(max-age-capped here.maxAge)'],
    [{ origin: APP, methods: 'PUT, OPTIONS' }, '(options-listed here.methods)'],
    [{ origin: ['https://*.example.com', APP] }, '(redundant-origin here.origin[1])'],
    [{ origin: [APP, APP] }, '(redundant-origin here.origin[1])'],
    [{ origin: 'https://*.example.com', credentials }, '(subdomains-with-credentials here.origin)'],
    [{ origin: APP, allowedHeaders: '*', credentials }, '(any-header-with-credentials here)'],
    [{ origin: /^https:\/\/[a-z]+\.example\.com$/i }, '(regexp-case-insensitive here.origin)'],
  ];

  it.each(warnings)('%j', (options, code) => {
    expect(codes(options)).toEqual([code]);
  });

  it('once where the Public Suffix List is missing', () => {
    const without = { publicSuffixOf: () => undefined };
    expect(codes({ origin: ['https://*.a.test', 'https://*.b.test'] }, {}, without)).toEqual([
      '(no-public-suffix-list CorsModule)',
    ]);
    expect(codes({ origin: APP }, {}, without)).toEqual([]);
  });

  it('of names that nothing uses', () => {
    const { registry } = read({ extends: 'a' }, { a: { origin: APP }, b: { origin: APP } });
    expect([...registry.unused()]).toEqual(['b']);
  });
});

describe('dangerouslyAllow', () => {
  const risk = { origin: 'http://a.test', credentials };

  it('accepts the risk that it names, in this policy', () => {
    expect(codes({ ...risk, dangerouslyAllow: ['insecure-origin-with-credentials'] })).toEqual([]);
    expect(codes({ ...risk, dangerouslyAllow: ['shared-hosting-origin'] })).toEqual([
      'insecure-origin-with-credentials here.origin',
    ]);
  });

  it('is named in the message', () => {
    expect(read(risk).issues.errors[0]?.message).toContain(
      "dangerouslyAllow: ['insecure-origin-with-credentials']",
    );
  });
});

describe('a compiled policy', () => {
  it('is frozen and shares nothing with its options', () => {
    const options = {
      origin: [APP],
      allowedHeaders: ['X-A'],
      exposedHeaders: ['X-B'],
      methods: ['PUT'],
      vary: ['X-C'],
    };
    const policy = compile(options);
    for (const list of Object.values(options)) list.splice(0, 1, 'https://evil.test');
    expect(Object.isFrozen(policy)).toBe(true);
    expect([policy.origins.allows(APP), policy.origins.allows('https://evil.test')]).toEqual([
      true,
      false,
    ]);
    expect([policy.allowedHeadersValue, policy.preflightVary]).toEqual([
      'X-A',
      'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, X-C',
    ]);
    expect([...(policy.methods ?? [])]).toEqual(['PUT']);
  });

  it('keeps a RegExp as it was', () => {
    const regexp = /^https:\/\/[a-z]+\.rx\.test$/;
    const { origins } = compile({ origin: regexp });
    // eslint-disable-next-line typescript/no-deprecated
    regexp.compile('.*');
    expect([origins.allows('https://a.rx.test'), origins.allows('https://evil.test')]).toEqual([
      true,
      false,
    ]);
  });

  it('names what it extends', () => {
    const { policy } = read({ extends: 'base', maxAge: -1 }, { base: { origin: APP } });
    expect([policy?.label, policy?.maxAge]).toEqual(['here (extends base)', '0']);
  });

  it('origin: false allows nobody', () => {
    const { policy } = read({ origin: false });
    expect([policy?.kind, policy?.origins.allows(APP)]).toEqual(['none', false]);
  });

  it('looks at no origin longer than any can be', () => {
    const long = `https://${'a'.repeat(400)}.wild.test`;
    expect(compile({ origin: 'https://*.wild.test' }).origins.allows(long)).toBe(false);
  });
});

const predicate = (): boolean => false;
function named(): void {}
const unreadable = new Proxy(named, {
  get: () => {
    throw new Error('not to be read');
  },
});

describe('fingerprints', () => {
  it.each([
    [{ origin: APP, maxAge: 1 }, { maxAge: 1, origin: APP }, true],
    [{ origin: APP, extends: 'a' }, { origin: APP, dangerouslyAllow: [] }, true],
    [{ origin: /a/ }, { origin: /a/ }, true],
    [{ origin: /a/ }, { origin: /a/i }, false],
    [{ origin: /a/ }, { origin: '/a/' }, false],
    [{ origin: predicate }, { origin: predicate }, true],
    [{ origin: predicate }, { origin: (): boolean => false }, false],
    [{ origin: APP }, { origin: APP, credentials }, false],
  ])('%j and %j', (left, right, alike) => {
    expect(fingerprint(left) === fingerprint(right)).toBe(alike);
  });
});

describe('predicates at start-up', () => {
  const { request } = { request: new IncomingMessage(new Socket()) };
  const probed = async (
    origin: (given: string) => unknown,
    more: object = {},
  ): Promise<string[]> => {
    const { policy, issues } = read({ origin, ...more });
    if (policy !== undefined) await probePredicates(policy, request, issues);
    return issues.errors.map(({ code }) => code);
  };

  it.each([
    ['allows everyone', (): boolean => true, ['reflects-every-origin']],
    ['allows everyone later', async (): Promise<boolean> => true, ['reflects-every-origin']],
    ['compares', (origin: string): boolean => origin === APP, []],
    [
      'throws',
      (): boolean => {
        throw new Error('no database');
      },
      [],
    ],
    ['rejects', async (): Promise<boolean> => Promise.reject(new Error('no database')), []],
    ['hangs', (): Promise<boolean> => new Promise(() => {}), []],
  ])('one that %s', async (_name, predicate, expected) => {
    expect(await probed(predicate)).toEqual(expected);
  });

  it('the risk can be accepted, but not with credentials', async () => {
    const dangerouslyAllow = ['reflects-every-origin'];
    expect(await probed(() => true, { dangerouslyAllow })).toEqual([]);
    expect(await probed(() => true, { dangerouslyAllow, credentials })).toEqual([
      'reflects-every-origin',
    ]);
  });
});

describe('values in messages', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const { proxy: revoked, revoke } = Proxy.revocable(new Error('gone'), {});
  revoke();

  it.each([
    ['a\r\nb', '"a\\r\\nb"'],
    [7, '7'],
    [undefined, 'undefined'],
    [null, 'null'],
    [unreadable, '[unreadable function]'],
    [Array.from({ length: 101 }, () => 1), '"[array of 101]"'],
    [/a/g, '/a/g'],
    [{ a: 1 }, '{"a":1}'],
    [cyclic, '[object Object]'],
    [{ toJSON: (): undefined => undefined }, '[object Object]'],
    [named, '[function named]'],
    [Object.defineProperty(() => {}, 'name', { value: '' }), '[function anonymous]'],
    ['x'.repeat(200), `"${'x'.repeat(119)}…`],
    ['\u001b[2J\u007f\u0085\u009b', '"\\u001b[2J\\u007f\\u0085\\u009b"'],
    ['one\u2028two\u2029three', '"one\\u2028two\\u2029three"'],
    ['\u202egro.live\u2066\u200f\ufeff', '"\\u202egro.live\\u2066\\u200f\\ufeff"'],
    ['\u{e0041}\ud800', '"\\udb40\\udc41\\ud800"'],
    ['naïve 日本 👍', '"naïve 日本 👍"'],
    [/\u009b/, '/\\u009b/'],
    [Object.defineProperty(() => {}, 'name', { value: 'a\u009b' }), '[function a\\u009b]'],
    [new Error('no\ndatabase'), '"no\\ndatabase"'],
    [{ cause: new TypeError('closed') }, '{"cause":"closed"}'],
    [revoked, '[unreadable object]'],
  ])('%#', (value, text) => {
    expect(show(value)).toBe(text);
  });
});

const failing = (thrown: unknown): object => ({
  get origin(): string {
    throw thrown;
  },
});

describe('options that cannot be read', () => {
  const worse = Object.defineProperty(new Error(), 'message', {
    get: () => {
      throw new Error('worse');
    },
  });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each([
    ['a getter that throws', failing(new Error('no environment')), 'unreadable-options here'],
    ['a getter that throws no error', failing('nothing'), 'unreadable-options here'],
    ['a getter whose error throws', failing(worse), 'unreadable-options here'],
    ['a revoked proxy', revoked.proxy, 'unreadable-options here'],
    [
      'a list without end',
      { origin: APP, vary: Array.from({ length: 100_001 }, () => 'X-A') },
      'list-too-long here.vary',
    ],
    ['a map', new Map([['origin', APP]]), 'invalid-options here'],
    ['a promise', Promise.resolve({ origin: APP }), 'invalid-options here'],
    ['a regular expression', /a/, 'invalid-options here'],
    ['an array', [], 'invalid-options here'],
  ])('%s', (_name, options, code) => {
    expect(codes(options)).toEqual([code]);
  });

  it('are read once: a getter cannot answer twice', () => {
    const answers = [APP, 'https://evil.test'];
    const { policy } = read({
      get origin(): string {
        return answers.shift() ?? '*';
      },
    });
    expect([policy?.origins.allows(APP), policy?.origins.allows('https://evil.test')]).toEqual([
      true,
      false,
    ]);
  });
});

describe('places and lines', () => {
  it('names what is no identifier in brackets', () => {
    expect([
      placeIn('policies', 'a-b'),
      placeIn('policies', 'a b'),
      showKey('origin'),
      showKey('a b'),
    ]).toEqual(['policies.a-b', 'policies["a b"]', '`origin`', '"a b"']);
  });

  it('puts an issue on one line', () => {
    expect(oneLine({ code: 'null-origin', where: 'here', message: 'is wrong' })).toMatch(
      /^here: is wrong \(.*null-origin\)$/,
    );
  });

  it('knows the names of policies and their meaning', () => {
    const { registry } = read({ origin: APP }, { a: { origin: APP }, b: { origin: 'null' } });
    expect([registry.names(), registry.peek('a')?.compiled.kind, registry.peek('b')]).toEqual([
      ['a', 'b'],
      'cors',
      undefined,
    ]);
  });

  it.each([
    ['127.1', '127.0.0.1'],
    ['[::0001]', '[::1]'],
    ['[::ffff:7f00:1]', '127.0.0.1'],
    ['[::ffff:10.0.0.7]', '10.0.0.7'],
    ['1.2.3.4.5', undefined],
  ])('the host %s is %s', (host, canonical) => {
    expect(canonicalHost(host)).toBe(canonical);
  });
});

describe('methods that a page can send', () => {
  it.each([
    ['PUT', true],
    ['QUERY', true],
    ['put', false],
    ['TRACE', false],
    ['CONNECT', false],
    ['', false],
    ['*', false],
  ])('%s: %s', (method, can) => {
    expect(isRequestableMethod(method)).toBe(can);
  });
});
