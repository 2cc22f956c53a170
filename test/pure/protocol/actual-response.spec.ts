import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import {
  NO_CORS_POLICY,
  PASSTHROUGH_POLICY,
  UNDECIDABLE_POLICY,
} from '../../../lib/protocol/compiled-policy.js';
import { writeActualHeaders } from '../../../lib/protocol/actual-response.js';
import { grantOf } from '../../../lib/protocol/origin/grant.js';
import { keepExposed } from '../../../lib/protocol/exposed-headers.js';
import { compile } from '../support/compile.js';
import { fc } from '../../support/fast-check.js';

const APP = 'https://app.example.com';

function response(headers: Record<string, string | string[]> = {}): ServerResponse {
  const made = new ServerResponse(new IncomingMessage(new Socket()));
  for (const [name, value] of Object.entries(headers)) made.setHeader(name, value);
  return made;
}

const own = {
  'Access-Control-Allow-Origin': '*',
  'access-control-x': 'y',
  'Timing-Allow-Origin': '*',
  Vary: 'Accept',
};
const full = compile({
  origin: APP,
  credentials: true,
  exposedHeaders: ['X-A'],
  timingAllowOrigin: true,
  resourcePolicy: 'same-site',
});

describe('headers of an actual response', () => {
  it.each([
    [
      'allowed',
      full,
      APP,
      true,
      {
        'timing-allow-origin': APP,
        vary: 'Accept, Origin',
        'cross-origin-resource-policy': 'same-site',
        'access-control-allow-origin': APP,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'X-A',
      },
    ],
    [
      'denied',
      full,
      'https://evil.test',
      false,
      { vary: 'Accept, Origin', 'cross-origin-resource-policy': 'same-site' },
    ],
    [
      'no Origin',
      full,
      undefined,
      true,
      { vary: 'Accept, Origin', 'cross-origin-resource-policy': 'same-site' },
    ],
    [
      "'*'",
      compile({ origin: '*', exposedHeaders: '*' }),
      undefined,
      true,
      {
        'timing-allow-origin': '*',
        vary: 'Accept',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
      },
    ],
    ['@NoCors()', NO_CORS_POLICY, APP, false, { 'timing-allow-origin': '*', vary: 'Accept' }],
    [
      'undecidable',
      UNDECIDABLE_POLICY,
      APP,
      false,
      { 'timing-allow-origin': '*', vary: 'Accept, Origin' },
    ],
  ])('%s', (_name, policy, origin, allowed, expected) => {
    const sent = response(own);
    expect(writeActualHeaders(policy, origin, grantOf(policy, origin, allowed), sent)).toEqual([
      'access-control-allow-origin',
      'access-control-x',
    ]);
    expect({ ...sent.getHeaders() }).toEqual(expected);
  });

  it("'passthrough' touches nothing", () => {
    const sent = response(own);
    expect(
      writeActualHeaders(PASSTHROUGH_POLICY, APP, { allowed: true, credentials: true }, sent),
    ).toEqual([]);
    expect(sent.getHeader('access-control-allow-origin')).toBe('*');
  });

  it('never more than one origin, never credentials without one, never * with credentials', () => {
    const names = fc.constantFrom(
      'Access-Control-Allow-Origin',
      'access-control-allow-credentials',
      'ACCESS-CONTROL-MAX-AGE',
      'X-A',
      'Vary',
    );
    const before = fc.dictionary(names, fc.constantFrom('*', 'true', APP));
    const policies = fc.constantFrom(
      full,
      compile({ origin: '*' }),
      compile({ origin: APP }),
      NO_CORS_POLICY,
      UNDECIDABLE_POLICY,
    );
    fc.assert(
      fc.property(
        before,
        policies,
        fc.option(fc.constant(APP), { nil: undefined }),
        fc.boolean(),
        (headers, policy, origin, allowed) => {
          const sent = response(headers);
          writeActualHeaders(policy, origin, grantOf(policy, origin, allowed), sent);
          const allow = sent.getHeader('access-control-allow-origin');
          expect([undefined, '*', APP]).toContain(allow);
          expect(sent.hasHeader('access-control-max-age')).toBe(false);
          expect(!sent.hasHeader('access-control-allow-credentials') || allow === APP).toBe(true);
        },
      ),
    );
  });
});

describe('exposed headers kept beside the policy’s', () => {
  it.each([
    ['appended', 'X-B, x-a', compile({ origin: APP, exposedHeaders: 'X-A' }), APP, 'X-A, x-b'],
    ['alone', ['X-B', 'X-C'], compile({ origin: APP }), APP, 'x-b, x-c'],
    [
      'not for a denied origin',
      'X-B',
      compile({ origin: APP, exposedHeaders: 'X-A' }),
      'https://evil.test',
      undefined,
    ],
    ['not what is no list', 'X B', compile({ origin: APP }), APP, undefined],
    ['* without credentials', '*', compile({ origin: APP }), APP, '*'],
    ['not * with credentials', '*', compile({ origin: APP, credentials: true }), APP, undefined],
  ])('%s', (_name, upstream, policy, origin, expected) => {
    const sent = response();
    const grant = grantOf(policy, origin, origin === APP);
    writeActualHeaders(policy, origin, grant, sent);
    keepExposed(upstream, grant, sent);
    expect(sent.getHeader('access-control-expose-headers')).toBe(expected);
  });
});
