import type { CorsPolicyOptions } from 'nestjs-cors';
import { controllerUnder } from '../../support/controller-under.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import {
  allowed,
  denied,
  type Expectation,
  fails,
  get,
  passes,
  preflight,
  row,
} from '../../support/row.js';
import type { Row } from '../../support/row.js';

/** Another partner than `PARTNER`. */
const US = 'https://us.partner.example';

export const controllers = [
  controllerUnder('listed/public', {
    origin: '*',
    credentials: [APP],
    exposedHeaders: ['*', 'X-Total-Count'],
    timingAllowOrigin: true,
    vary: ['X-Tenant'],
  }),
  controllerUnder('listed/some', {
    origin: [APP, PARTNER],
    credentials: [APP],
    exposedHeaders: 'X-Page',
    timingAllowOrigin: true,
  }),
  controllerUnder('listed/pattern', {
    origin: 'https://*.partner.example',
    credentials: ['https://*.partner.example'],
  }),
  controllerUnder('listed/regexp', {
    origin: 'https://*.partner.example',
    credentials: [/^https:\/\/us\.partner\.example$/],
  }),
  controllerUnder('listed/predicate', {
    origin: async (origin) => origin === APP || origin === PARTNER,
    credentials: [APP, EVIL],
  }),
  controllerUnder('listed/extended', { extends: 'listed', maxAge: 5 }),
  controllerUnder('listed/replaced', { extends: 'listed', credentials: false }),
];

/** The policy that others extend; a fresh object each time, as it is changed once the application runs. */
export function policies(): Record<string, CorsPolicyOptions> {
  return { listed: { origin: '*', credentials: [APP] } };
}

const at = (name: string): string => `/listed/${name}`;
const methods = 'GET, HEAD, PUT, DELETE';
const TENANT = ['origin', 'x-tenant'];

const toStranger = allowed('*', {
  expose: '*, X-Total-Count',
  vary: TENANT,
  headers: { 'timing-allow-origin': ['*'] },
});

const asked = (
  name: string,
  path: string,
  origin: string | undefined,
  expected: Expectation,
): Row => row('credentials as a list', name, get(at(path), origin), expected);
const preflighted = (name: string, path: string, origin: string, expected: Expectation): Row =>
  row('credentials as a list', name, preflight(at(path), 'PUT', origin), expected);

export const rows: readonly Row[] = [
  asked(
    "'*': a listed origin is answered with itself, exposed headers without '*'",
    'public',
    APP,
    allowed(APP, {
      credentials: true,
      expose: 'X-Total-Count',
      vary: TENANT,
      headers: { 'timing-allow-origin': [APP] },
    }),
  ),
  asked("'*': a stranger is answered with it", 'public', EVIL, toStranger),
  asked("'*': without an origin too", 'public', undefined, toStranger),
  asked("'*': the origin null is a stranger", 'public', 'null', toStranger),
  asked("'*': two origins in one are strangers", 'public', `${APP}, ${APP}`, toStranger),
  preflighted(
    "'*': a preflight answers for a listed origin",
    'public',
    APP,
    passes({ methods, alsoVary: ['x-tenant'] }),
  ),
  preflighted(
    "'*': a preflight answers a stranger without credentials",
    'public',
    EVIL,
    passes({ origin: '*', methods, alsoVary: ['x-tenant'] }),
  ),
  row(
    'credentials as a list',
    "'*': a failed step is a failure for both",
    preflight(at('public'), 'PUT', APP, '('),
    fails({ vary: [...(fails().vary ?? []), 'x-tenant'] }),
  ),
  asked(
    'one of two origins is on it',
    'some',
    APP,
    allowed(APP, {
      credentials: true,
      expose: 'X-Page',
      headers: { 'timing-allow-origin': [APP] },
    }),
  ),
  asked(
    'the other reads without credentials',
    'some',
    PARTNER,
    allowed(PARTNER, { expose: 'X-Page', headers: { 'timing-allow-origin': [PARTNER] } }),
  ),
  asked(
    'whoever is not allowed is denied',
    'some',
    EVIL,
    denied({ headers: { 'timing-allow-origin': [] } }),
  ),
  preflighted('the preflight of the one', 'some', APP, passes({ methods })),
  preflighted('the preflight of the other', 'some', PARTNER, passes({ origin: PARTNER, methods })),
  preflighted('the preflight of the denied', 'some', EVIL, fails()),
  asked('a pattern', 'pattern', US, allowed(US, { credentials: true })),
  asked('a RegExp', 'regexp', US, allowed(US, { credentials: true })),
  asked('a RegExp, for others not', 'regexp', PARTNER, allowed(PARTNER)),
  asked('beside a predicate', 'predicate', APP, allowed(APP, { credentials: true })),
  asked('allowed by the predicate, not listed', 'predicate', PARTNER, allowed(PARTNER)),
  asked('listed, and denied by the predicate', 'predicate', EVIL, denied()),
  preflighted('listed, and its preflight denied by the predicate', 'predicate', EVIL, fails()),
  asked('extended', 'extended', APP, allowed(APP, { credentials: true, vary: ['origin'] })),
  asked('extended, for strangers', 'extended', EVIL, allowed('*', { vary: ['origin'] })),
  asked('replaced by credentials: false', 'replaced', APP, allowed('*')),
];
