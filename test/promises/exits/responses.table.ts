import { Controller } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { ExitsController } from './support/exits.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import type { HeaderLine } from '../../support/raw.js';
import { against, allowed, bare, denied, get, only, request, row } from '../../support/row.js';
import type { Expectation, Row } from '../../support/row.js';

@CorsPolicy({ origin: PARTNER, credentials: true })
@Controller('exits')
class PartnerExitsController extends ExitsController {}

@CorsPolicy('public')
@Controller('public-exits')
class PublicExitsController extends ExitsController {}

@NoCors()
@Controller('closed-exits')
class ClosedExitsController extends ExitsController {}

/** In the application without a default: no policy at all. */
@Controller('free-exits')
class FreeExitsController extends ExitsController {}

export const controllers = [PartnerExitsController, PublicExitsController, ClosedExitsController];
export const bareControllers = [FreeExitsController];

const at = (name: string): string => `/exits/${name}`;
const readable = (status = 200, more: object = {}): Expectation =>
  allowed(PARTNER, { credentials: true, status, ...more });
const JSON_TYPE: HeaderLine = ['Content-Type', 'application/json'];

/** Handlers that set CORS headers of their own, in every form there is; `vary` is what they add to it. */
const OWN: readonly [path: string, status: number, vary: readonly string[]][] = [
  ['own-cors', 200, []], ['header-decorator', 200, []], ['own-cors-crash', 500, []], ['write', 200, []], ['head-bare', 200, []],
  ['head-object', 200, ['accept']], ['head-flat', 200, ['accept']], ['head-pairs', 200, ['accept']], ['head-reason', 200, ['accept']],
]; // prettier-ignore

function under(controller: string): (path: string) => string {
  return (path) => `/${controller}/${path}`;
}

function ownRows(): readonly Row[] {
  const closed = under('closed-exits');
  const open = under('public-exits');
  return OWN.flatMap(([path, status, vary]) => [
    row(
      'every way out',
      `${path}: replaced`,
      get(at(path), PARTNER),
      readable(status, { vary: ['origin', ...vary] }),
    ),
    row(
      'denied origins',
      `${path}: stripped for a denied origin`,
      get(at(path), EVIL),
      denied({ status, vary: ['origin', ...vary] }),
    ),
    row(
      'every way out',
      `${path}: stripped under @NoCors()`,
      get(closed(path), EVIL),
      bare({ status, vary }),
    ),
    row(
      'every way out',
      `${path}: replaced by '*'`,
      get(open(path), EVIL),
      allowed('*', { status, vary }),
    ),
  ]);
}

const vary: readonly Row[] = [
  row(
    'Vary',
    'appended to what is there',
    get(at('vary/Accept+Accept-Encoding'), PARTNER),
    readable(200, { vary: ['accept', 'accept-encoding', 'origin'] }),
  ),
  row(
    'Vary',
    'not twice',
    get(at('vary/ORIGIN+Accept'), PARTNER),
    readable(200, { vary: ['origin', 'accept'] }),
  ),
  row('Vary', '* absorbs', get(at('vary/star'), PARTNER), readable(200, { vary: ['*'] })),
  row(
    'Vary',
    'untouched where everyone gets the same',
    get('/public-exits/vary/Accept', EVIL),
    allowed('*', { vary: ['accept'] }),
  ),
  row(
    'Vary',
    'the Vary of a request is no part of it',
    get(at('json'), PARTNER, [['Vary', 'X-Evil']]),
    readable(),
  ),
  row(
    'every way out',
    'other headers stay',
    get(at('head-flat'), PARTNER),
    readable(200, { vary: ['accept', 'origin'], headers: { 'x-kept': ['kept'] } }),
  ),
  row(
    'every way out',
    'the reason phrase does not stand in the way',
    get(at('head-reason'), PARTNER),
    readable(200, { vary: ['accept', 'origin'], headers: { 'x-kept': ['kept'] } }),
  ),
];

const notModified = get(at('etag'), PARTNER, [['If-None-Match', '"v1"']]);

/** Express negotiates the body of a redirect. */
function redirects(name: string, origin: string | undefined, expected: Expectation): Row {
  return row('every way out', `redirect: ${name}`, get(at('redirect'), origin), {
    express: { ...expected, vary: ['accept', 'origin'] },
    fastify: expected,
  });
}

const others: readonly Row[] = [
  redirects('allowed', PARTNER, readable(302, { headers: { location: ['/exits/json'] } })),
  redirects('denied', EVIL, denied({ status: 302 })),
  redirects('no Origin', undefined, denied({ status: 302 })),
  row('every way out', '304', notModified, readable(304)),
  row(
    'every way out',
    '304 for a denied origin',
    get(at('etag'), EVIL, [['If-None-Match', '"v1"']]),
    denied({ status: 304 }),
  ),
  row(
    'every way out',
    '201 with a body',
    request('POST', at('created'), PARTNER, [JSON_TYPE], '{"a":1}'),
    readable(201, { body: '{"a":1}' }),
  ),
  row(
    'every way out',
    'malformed JSON',
    request('POST', at('created'), PARTNER, [JSON_TYPE], '{"a":'),
    readable(400),
    only('answers of body parsers'),
  ),
  row(
    'every way out',
    'malformed JSON from a stranger',
    request('POST', at('created'), EVIL, [JSON_TYPE], '{"a":'),
    denied({ status: 400 }),
    only('answers of body parsers'),
  ),
  row(
    'every way out',
    '413',
    request('POST', at('created'), PARTNER, [JSON_TYPE], `"${'x'.repeat(110_000)}"`),
    readable(413),
    only('answers of body parsers'),
  ),
  row(
    'every way out',
    'a middleware that ends the request',
    get(at('json?ended-by=middleware'), PARTNER),
    readable(401),
    only('answers of middleware'),
  ),
  row(
    'every way out',
    'a middleware that ends it with CORS headers of its own',
    get(at('json?ended-by=middleware&own=cors'), PARTNER),
    readable(401),
    only('answers of middleware', { own: [`access-control-allow-origin: *`] }),
  ),
  row(
    'every way out',
    'a middleware that ends it for a stranger',
    get(at('json?ended-by=middleware'), EVIL),
    denied({ status: 401 }),
    only('answers of middleware'),
  ),
  row(
    'every way out',
    'a preflight before such a middleware',
    {
      method: 'OPTIONS',
      path: at('json?ended-by=middleware'),
      headers: [
        ['Origin', PARTNER],
        ['Access-Control-Request-Method', 'GET'],
      ],
    },
    allowedPreflight(),
    only('answers of middleware'),
  ),
  row(
    'the policy of what runs',
    'a middleware that rewrites the URL: the policy of what ran',
    get('/rewritten', PARTNER),
    {
      express: readable(200, { body: '{"ok":true}' }),
      fastify: denied({ status: 404 }),
    },
    { why: 'answers of middleware' },
  ),
  row(
    'the policy of what runs',
    'and not of what was asked for',
    get('/rewritten', APP),
    {
      express: denied({ body: '{"ok":true}' }),
      fastify: allowed(APP, { credentials: true, status: 404 }),
    },
    { why: 'answers of middleware' },
  ),
];

function allowedPreflight(): Expectation {
  return {
    status: 204,
    body: '',
    cors: [
      'access-control-allow-credentials: true',
      'access-control-allow-methods: GET, HEAD',
      `access-control-allow-origin: ${PARTNER}`,
      'access-control-max-age: 600',
    ],
    vary: ['access-control-request-headers', 'access-control-request-method', 'origin'],
  };
}

const free: readonly Row[] = against('bare', [
  row(
    'every way out',
    'a route without any policy keeps what it sets',
    get('/free-exits/own-cors', EVIL),
    {
      status: 200,
      cors: [
        'access-control-allow-credentials: true',
        'access-control-allow-methods: DELETE',
        `access-control-allow-origin: ${EVIL}`,
        'access-control-expose-headers: X-Secret',
      ],
      vary: [],
      body: 'own',
    },
  ),
  row('every way out', 'in writeHead too', get('/free-exits/head-object', EVIL), {
    status: 200,
    cors: ['access-control-allow-credentials: true', `access-control-allow-origin: ${EVIL}`],
    vary: ['accept'],
    headers: { 'x-kept': ['kept'] },
  }),
]);

export const rows: readonly Row[] = [...ownRows(), ...vary, ...others, ...free];
