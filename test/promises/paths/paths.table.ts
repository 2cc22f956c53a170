import { Controller, Get, type INestApplication } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CorsPathOptions } from 'nestjs-cors';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import type { PlatformName } from '../../support/platforms.js';
import {
  against,
  allowed,
  bare,
  denied,
  fails,
  get,
  only,
  passes,
  preflight,
  request,
  row,
} from '../../support/row.js';
import type { Expectation, Row } from '../../support/row.js';

/** Below a prefix of `paths`, and not touched by it. */
@Controller('billing/nest')
class NestBelowPathsController {
  @Get() read(): string {
    return 'nest';
  }
}

export const controllers = [NestBelowPathsController];

export function paths(): CorsPathOptions[] {
  return [
    { path: '/billing/*rest', policy: 'partners' },
    { path: '/billing/internal/*rest', policy: false },
    { path: '/billing/invoices', policy: 'public' },
    { path: '/billing/invoices', methods: ['DELETE'], policy: false },
    { path: ['/upload', '/uploads/*rest'], methods: ['PUT', 'POST'], policy: { origin: PARTNER } },
    { path: '/upstream/*rest', policy: 'passthrough' },
    { path: '/reports', methods: 'GET', policy: { origin: async (origin) => origin === PARTNER } },
  ];
}

/** What an upstream sends of its own. */
const OWN = [
  `access-control-allow-origin: ${EVIL}`,
  'access-control-allow-credentials: true',
].sort();
const MOUNTS = ['/billing', '/upload', '/uploads', '/upstream', '/reports'];

/** Stands for a proxy: answers everything itself, with CORS headers that nobody here asked for. */
export function upstream(request: IncomingMessage, response: ServerResponse): void {
  const head = {
    'Access-Control-Allow-Origin': EVIL,
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Accept',
  };
  response.writeHead(request.method === 'OPTIONS' ? 204 : 200, head);
  response.end(request.method === 'OPTIONS' ? undefined : 'upstream');
}

interface ExpressLike {
  use(
    path: string,
    handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void,
  ): void;
}

interface FastifyLike {
  all(
    path: string,
    handler: (
      request: { raw: IncomingMessage },
      reply: { raw: ServerResponse; hijack(): void },
    ) => void,
  ): void;
}

export function mountUpstream(app: INestApplication, platform: PlatformName): void {
  const instance: unknown = app.getHttpAdapter().getInstance();
  for (const mount of MOUNTS) {
    if (platform === 'express') {
      (instance as ExpressLike).use(mount, (incoming, response, next) =>
        incoming.url?.startsWith('/nest') ? next() : upstream(incoming, response),
      );
      continue;
    }
    for (const path of [mount, `${mount}/*`]) {
      (instance as FastifyLike).all(path, (incoming, reply) => {
        reply.hijack();
        upstream(incoming.raw, reply.raw);
      });
    }
  }
}

const beyond = { ...only('paths beyond Nest'), own: OWN };
const expose = 'X-Total-Count, X-Page';
const partner = allowed(PARTNER, { expose, vary: ['origin', 'accept'], body: 'upstream' });
const stranger = denied({ vary: ['origin', 'accept'] });
const partnersGrant = (methods: string): Expectation =>
  passes({ origin: PARTNER, methods, maxAge: 3600 });
const asked = (
  name: string,
  path: string,
  expected: Parameters<typeof row>[3],
  origin = PARTNER,
): Row => row('paths', name, get(path, origin), expected, beyond);
const preflighted = (
  name: string,
  path: string,
  method: string,
  expected: Expectation,
  origin = PARTNER,
): Row => row('paths', name, preflight(path, method, origin), expected, beyond);

const selecting: readonly Row[] = [
  asked('a prefix', '/billing/anything/below', partner),
  asked('the prefix itself', '/billing', partner),
  asked('the prefix with a slash', '/billing/', partner),
  asked('with a query', '/billing/x?y=/../..', partner),
  asked('for its origins only', '/billing/x', stranger, APP),
  asked('the longest prefix', '/billing/internal/x', bare({ vary: ['accept'], body: 'upstream' })),
  asked('the longest prefix itself', '/billing/internal', bare({ vary: ['accept'] })),
  asked('an exact path beats the prefix', '/billing/invoices', allowed('*', { vary: ['accept'] })),
  row(
    'paths',
    'an entry that names the method beats the one for any',
    request('DELETE', '/billing/invoices', PARTNER),
    bare({ vary: ['accept'] }),
    beyond,
  ),
  asked('below an exact path is the prefix again', '/billing/invoices/7', partner),
  row(
    'paths',
    'several paths in one entry',
    request('PUT', '/uploads/x', PARTNER),
    allowed(PARTNER, { vary: ['origin', 'accept'] }),
    beyond,
  ),
  row(
    'paths',
    'another method than the entry has: the default',
    request('DELETE', '/upload', APP),
    allowed(APP, { credentials: true, vary: ['origin', 'accept'] }),
    beyond,
  ),
  asked('HEAD and GET are one', '/reports', allowed(PARTNER, { vary: ['origin', 'accept'] })),
  row(
    'paths',
    'HEAD has the entry of GET',
    request('HEAD', '/reports', PARTNER),
    allowed(PARTNER, { vary: ['origin', 'accept'] }),
    beyond,
  ),
  row(
    'paths',
    'never apply to a Nest route',
    get('/billing/nest', APP),
    allowed(APP, { credentials: true, body: 'nest' }),
  ),
  row(
    'paths',
    'not even for their own origins',
    get('/billing/nest', PARTNER),
    denied({ body: 'nest' }),
  ),
  row(
    'paths',
    'nor to its preflight',
    preflight('/billing/nest', 'GET'),
    passes({ methods: 'GET, HEAD' }),
  ),
  asked('what nothing serves', '/billing-else', denied({ status: 404 })),
];

const preflights: readonly Row[] = [
  preflighted('only the requested method is listed', '/billing/x', 'PUT', partnersGrant('PUT')),
  preflighted('for strangers none', '/billing/x', 'PUT', fails(), APP),
  preflighted('policy: false', '/billing/internal/x', 'PUT', fails()),
  preflighted(
    'an entry with methods lists them',
    '/upload',
    'PUT',
    passes({ origin: PARTNER, methods: 'POST, PUT' }),
  ),
  preflighted(
    'other methods have the default',
    '/upload',
    'DELETE',
    passes({ methods: 'DELETE' }),
    APP,
  ),
  preflighted(
    'an exact path lists no sibling entry',
    '/billing/invoices',
    'PUT',
    passes({ origin: '*', methods: 'PUT' }),
  ),
  preflighted('the sibling entry fails', '/billing/invoices', 'DELETE', fails()),
];

const UPSTREAM_OWN: Expectation = { status: 200, cors: OWN, vary: ['accept'], body: 'upstream' };

const passthrough: readonly Row[] = [
  row(
    'every way out',
    "'passthrough' leaves the upstream's headers",
    get('/upstream/x', PARTNER),
    UPSTREAM_OWN,
    beyond,
  ),
  row(
    'every way out',
    "'passthrough' leaves preflights to the upstream",
    preflight('/upstream/x', 'PUT', EVIL),
    { ...UPSTREAM_OWN, status: 204, body: '' },
    beyond,
  ),
];

/** What nothing serves, and what the upstream serves: denied all the same. */
const lost = denied({ status: 404 });

/** Raw and canonical form select different policies: denied for everyone, whoever decodes once more than we do. */
const DISGUISED: readonly [path: string, express: Expectation, fastify: Expectation][] = [
  ['/billing/../elsewhere', stranger, stranger],
  ['/billing/%2e%2e/elsewhere', stranger, stranger],
  ['/billing/..%2felsewhere', stranger, stranger],
  ['/billing//internal/x', stranger, stranger],
  ['/billing/./internal/x', stranger, stranger],
  ['/billing/%69nternal/x', stranger, stranger],
  ['/bill%69ng/x', lost, stranger],
  ['/billing/internal/../x', stranger, stranger],
  ['/billing;/x', lost, lost],
  ['/elsewhere/../billing/x', lost, lost],
  ['//billing/x', lost, lost],
];

const disguised: readonly Row[] = DISGUISED.flatMap(([path, express, fastify]) => [
  asked(`${path} is denied to partners`, path, { express, fastify }),
  asked(`${path} is denied to the default's origin`, path, { express, fastify }, APP),
]);

const caseAndSlash: readonly Row[] = [
  asked('case as the platform mounts', '/BILLING/x', {
    express: partner,
    fastify: denied({ status: 404 }),
  }),
  asked('an encoding that changes no policy', '/billing/a%20b', partner),
];

export const rows: readonly Row[] = against('paths', [
  ...selecting,
  ...preflights,
  ...passthrough,
  ...disguised,
  ...caseAndSlash,
]);
