import { IncomingMessage, type IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import type { CorsPolicyOptions } from '../../../lib/config/policies/policy-options.js';
import { NO_CORS_POLICY, UNDECIDABLE_POLICY } from '../../../lib/protocol/compiled-policy.js';
import {
  type Addressed,
  isCrossOrigin,
  isFromElsewhere,
} from '../../../lib/protocol/cross-origin.js';
import { decideOrigin } from '../../../lib/protocol/origin/decide.js';
import { answerPreflight } from '../../../lib/protocol/preflight.js';
import { readPreflight } from '../../../lib/protocol/request-kind.js';
import { compile } from '../support/compile.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.test';

describe('what is a preflight', () => {
  const asking = { origin: APP, 'access-control-request-method': 'PUT' };

  it.each<[string, string | undefined, IncomingHttpHeaders, boolean]>([
    ['all three', 'OPTIONS', asking, true],
    ['another method', 'PUT', asking, false],
    ['no method at all', undefined, asking, false],
    ['no Origin', 'OPTIONS', { 'access-control-request-method': 'PUT' }, false],
    ['an empty Origin', 'OPTIONS', { ...asking, origin: '' }, false],
    ['no requested method', 'OPTIONS', { origin: APP }, false],
    [
      'an empty requested method',
      'OPTIONS',
      { ...asking, 'access-control-request-method': '' },
      true,
    ],
  ])('%s', (_name, method, headers, is) => {
    expect(readPreflight(method, headers) !== undefined).toBe(is);
  });
});

describe('cross-origin', () => {
  it.each<[string, IncomingHttpHeaders, string | undefined, boolean]>([
    ['no Origin', { 'sec-fetch-site': 'cross-site' }, 'a.test', false],
    ['same-origin', { origin: EVIL, 'sec-fetch-site': 'same-origin' }, 'a.test', false],
    ['none', { origin: EVIL, 'sec-fetch-site': 'none' }, 'a.test', false],
    ['same-site', { origin: APP, 'sec-fetch-site': 'same-site' }, 'app.example.com', true],
    ['no authority', { origin: APP }, undefined, true],
    ['null', { origin: 'null' }, 'null', true],
    ['the host', { origin: APP }, 'app.example.com', false],
    ['the host in capitals', { origin: APP }, 'APP.example.com', false],
    ['the default port', { origin: APP }, 'app.example.com:443', false],
    ['the default port of the other scheme', { origin: APP }, 'app.example.com:80', true],
    ['a port', { origin: `${APP}:8443` }, 'app.example.com:8443', false],
    ['a port that is missing', { origin: `${APP}:8443` }, 'app.example.com', true],
    [
      'a scheme without a default port',
      { origin: 'capacitor://localhost' },
      'localhost:undefined',
      true,
    ],
  ])('%s', (_name, headers, authority, cross) => {
    expect(isCrossOrigin(headers, { authority, scheme: undefined })).toBe(cross);
  });

  it.each<[string, string, Addressed['scheme'], boolean]>([
    ['https of a server that knows no scheme', 'https://a.test', undefined, false],
    ['http of a server that knows no scheme', 'http://a.test', undefined, false],
    ['https of a TLS server', 'https://a.test', 'https', false],
    ['http of a TLS server', 'http://a.test', 'https', true],
    ['https of a server that is reached by http', 'https://a.test', 'http', true],
    ['ftp of any server', 'ftp://a.test', undefined, true],
    ['ws of any server', 'ws://a.test', undefined, true],
    ['an application scheme of any server', 'capacitor://a.test', undefined, true],
  ])('%s', (_name, origin, scheme, cross) => {
    expect(isCrossOrigin({ origin }, { authority: 'a.test', scheme })).toBe(cross);
  });
});

describe('from elsewhere, with or without an Origin', () => {
  it.each<[string | undefined, string | undefined, boolean]>([
    [undefined, undefined, false],
    [undefined, 'none', false],
    [undefined, 'same-origin', false],
    [undefined, 'same-site', true],
    [undefined, 'cross-site', true],
    [undefined, 'cross-site, same-origin', true],
    ['', 'cross-site', true],
    ['https://a.test', undefined, false],
    ['https://a.test', 'cross-site', true],
    [EVIL, undefined, true],
    [EVIL, 'same-origin', false],
  ])('Origin %s, Sec-Fetch-Site %s', (origin, site, elsewhere) => {
    const headers: IncomingHttpHeaders = {
      ...(origin === undefined ? {} : { origin }),
      ...(site === undefined ? {} : { 'sec-fetch-site': site }),
    };
    expect(isFromElsewhere(headers, { authority: 'a.test', scheme: undefined })).toBe(elsewhere);
  });
});

const no = (): boolean => false;
const later = async (): Promise<boolean> => false;

describe('whether an origin is allowed', () => {
  const request = new IncomingMessage(new Socket());
  const faults: string[] = [];
  const decide = (options: CorsPolicyOptions, origin?: string): boolean | Promise<boolean> =>
    decideOrigin(compile(options), origin, request, (_policy, about, fault) =>
      faults.push(`${about} ${fault}`),
    );

  beforeEach(() => void faults.splice(0));

  it('at once, where no predicate is asked', () => {
    expect([
      decide({ origin: APP }, APP),
      decide({ origin: APP }, EVIL),
      decide({ origin: APP }),
      decide({ origin: APP }, ''),
    ]).toEqual([true, false, false, false]);
    expect([decide({ origin: '*' }), decide({ origin: '*' }, 'null')]).toEqual([true, true]);
    expect(decideOrigin(NO_CORS_POLICY, APP, request, () => {})).toBe(false);
  });

  it('a predicate is asked after everything else, and only about origins', async () => {
    const asked: string[] = [];
    const origin = [APP, (given: string): boolean => (asked.push(given), given === EVIL)];
    expect([
      decide({ origin }, APP),
      decide({ origin }, EVIL),
      decide({ origin }, 'null'),
      decide({ origin }, 'x'),
    ]).toEqual([true, true, false, false]);
    expect(asked).toEqual([EVIL]);
  });

  it('the next predicate is asked when one denies, now or later', async () => {
    const yes = (given: string): boolean => given === APP;
    expect(decide({ origin: [no, yes] }, APP)).toBe(true);
    expect(await decide({ origin: [later, yes] }, APP)).toBe(true);
    expect(await decide({ origin: [later, no] }, APP)).toBe(false);
  });

  const faulty: readonly [name: string, predicate: () => unknown, fault: string][] = [
    [
      'throws',
      () => {
        throw new Error('no database');
      },
      `${APP} threw "no database"`,
    ],
    [
      'throws no error',
      () => {
        throw 'nothing';
      },
      `${APP} threw "nothing"`,
    ], // eslint-disable-line no-throw-literal
    [
      'rejects',
      async () => Promise.reject(new Error('no database')),
      `${APP} rejected with "no database"`,
    ],
    ['answers with a string', () => 'yes', `${APP} answered with a string instead of a boolean`],
    ['answers with null', () => null, `${APP} answered with null instead of a boolean`],
    ['resolves to a number', async () => 1, `${APP} answered with a number instead of a boolean`],
    [
      'throws what cannot be shown',
      () => {
        throw Object.defineProperty(new Error(), 'message', {
          get: () => {
            throw new Error('worse');
          },
        });
      },
      `${APP} threw [unreadable object]`,
    ],
    ['never settles', () => new Promise(() => {}), `${APP} did not settle within 1000 ms`],
  ];

  it.each(faulty)('a predicate that %s denies and is reported', async (_name, predicate, fault) => {
    expect(await decide({ origin: predicate as () => boolean }, APP)).toBe(false);
    expect(faults).toEqual([fault]);
  });

  it('gets the request', () => {
    const asked: IncomingMessage[] = [];
    const origin = (_given: string, given: IncomingMessage): boolean => asked.push(given) > 0;
    expect([decide({ origin }, APP), asked]).toEqual([true, [request]]);
  });
});

describe('the answer to a preflight', () => {
  const policy = compile({
    origin: APP,
    credentials: true,
    methods: ['PUT'],
    allowedHeaders: ['X-A'],
  });
  const grant = { allowed: true, credentials: true };
  const context = { policy, grant, listedMethods: 'PUT', debug: false };
  const request = { origin: APP, method: 'PUT', headers: undefined };

  it('success', () => {
    const { headers, ...answer } = answerPreflight({ ...request, headers: 'x-a' }, context);
    expect(answer).toEqual({ status: 204 });
    expect(Object.entries(headers)).toEqual([
      ['Access-Control-Allow-Origin', APP],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Allow-Methods', 'PUT'],
      ['Access-Control-Allow-Headers', 'X-A'],
      ['Access-Control-Max-Age', '600'],
      ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
    ]);
  });

  it.each([
    ['origin-denied', request, { ...context, grant: { allowed: false, credentials: false } }],
    ['method-denied', { ...request, method: 'DELETE', headers: '(' }, context],
    ['headers-malformed', { ...request, headers: '(' }, context],
    ['headers-denied', { ...request, headers: 'x-b' }, context],
    ['no-policy', request, { ...context, policy: NO_CORS_POLICY }],
    ['undecidable-policy', request, { ...context, policy: UNDECIDABLE_POLICY }],
  ])('%s', (failure, asked, given) => {
    const answer = answerPreflight(asked, given);
    expect(answer).toMatchObject({ status: 403, failure });
    expect(Object.keys(answer.headers).filter((name) => /^access-control/i.test(name))).toEqual([]);
    expect(answerPreflight(asked, { ...given, debug: true })).toMatchObject({
      status: 204,
      failure,
    });
  });
});
