import { All, Controller, Get, Put, Req, Res, type Type } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CorsPathOptions, CorsPolicy } from 'nestjs-cors';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import {
  against,
  allowed,
  denied,
  type Expectation,
  fails,
  get,
  only,
  passes,
  preflight,
  request,
  row,
} from '../../support/row.js';
import type { Row } from '../../support/row.js';
import { upstream } from './paths.table.js';

/** Fastify's request and reply hold Node's; Express's are Node's. */
interface Wrapped<Raw> {
  readonly raw?: Raw;
  hijack?(): void;
}
type AnyRequest = IncomingMessage & Wrapped<IncomingMessage>;
type AnyResponse = ServerResponse & Wrapped<ServerResponse>;

/** Answers as what it forwards to does, with CORS headers that nobody here asked for. */
function forward(incoming: AnyRequest, response: AnyResponse): void {
  response.hijack?.();
  upstream(incoming.raw ?? incoming, response.raw ?? response);
}

/** Serves what the entries of `paths.table.ts` cover, as a proxy does there. */
@CorsPolicy('paths')
@Controller()
class ForwardingController {
  @All(['billing', 'billing/*', 'upload', 'uploads/*', 'upstream/*', 'reports'])
  forward(@Req() incoming: AnyRequest, @Res() response: AnyResponse): void {
    forward(incoming, response);
  }
}

/** Beside a handler of its own, at paths that an entry covers. */
@Controller('files')
class FilesController {
  @CorsPolicy('paths') @Get('*') read(): string {
    return 'read';
  }
  @CorsPolicy('paths') @Put('*') write(): string {
    return 'written';
  }
}

@Controller('own')
class PassthroughController {
  @CorsPolicy('passthrough') @All('all') all(
    @Req() incoming: AnyRequest,
    @Res() response: AnyResponse,
  ): void {
    forward(incoming, response);
  }
  @CorsPolicy('passthrough') @Get('read') read(): string {
    return 'read';
  }
  @Put('read') write(): string {
    return 'written';
  }
}

export const controllers: Type[] = [ForwardingController, FilesController, PassthroughController];

/** Entries of which a handler's method takes part. */
export function paths(): CorsPathOptions[] {
  return [
    { path: '/files/*rest', methods: ['GET', 'PUT', 'DELETE'], policy: { origin: PARTNER } },
    { path: '/files/raw/*rest', policy: 'passthrough' },
    { path: '/files/strict/*rest', policy: { origin: PARTNER, denied: 'reject' } },
    { path: '/files/strict/open/*rest', policy: { origin: PARTNER } },
  ];
}

const reached = only("'paths' and 'passthrough' on handlers");
const OWN_CORS = [
  `access-control-allow-origin: ${EVIL}`,
  'access-control-allow-credentials: true',
].sort();
const OWN: Expectation = { status: 200, cors: OWN_CORS, vary: ['accept'], body: 'upstream' };
const files = (name: string, asked: Row['request'], expected: Expectation): Row =>
  row("@CorsPolicy('paths')", name, asked, expected, reached);
const own = (name: string, asked: Row['request'], expected: Expectation): Row =>
  row("@CorsPolicy('passthrough')", name, asked, expected, reached);

export const rows: readonly Row[] = against('forwarding', [
  files('the entry decides', get('/files/a', PARTNER), allowed(PARTNER, { body: 'read' })),
  files('and not default', get('/files/a', APP), denied({ body: 'read' })),
  files(
    'a preflight lists what the same entry and handler serve: GET and HEAD, not PUT',
    preflight('/files/a', 'GET', PARTNER),
    passes({ origin: PARTNER, methods: 'GET' }),
  ),
  files(
    "another handler's preflight lists its own",
    preflight('/files/a', 'PUT', PARTNER),
    passes({ origin: PARTNER, methods: 'PUT' }),
  ),
  files(
    'a method that nobody serves is under the entry all the same',
    preflight('/files/a', 'DELETE', PARTNER),
    passes({ origin: PARTNER, methods: 'DELETE' }),
  ),
  files('a failed preflight', preflight('/files/a', 'PUT', EVIL), fails()),
  files(
    "denied: 'reject' turns a stranger away before the handler",
    request('PUT', '/files/strict/a', EVIL),
    denied({ status: 403, vary: ['origin', 'sec-fetch-site'], body: '' }),
  ),
  files(
    'lets in whom the entry allows',
    request('PUT', '/files/strict/a', PARTNER),
    allowed(PARTNER, { vary: ['origin', 'sec-fetch-site'], body: 'written' }),
  ),
  files(
    'a disputed spelling is rejected where one of its entries rejects',
    request('PUT', '/files/strict/open/..%2fa', EVIL),
    denied({ status: 403, vary: ['origin', 'sec-fetch-site'], body: '' }),
  ),
  files("an entry with 'passthrough'", get('/files/raw/a', PARTNER), {
    status: 200,
    cors: [],
    vary: [],
    body: 'read',
  }),
  own("leaves the handler's headers", get('/own/all', APP), OWN),
  own('leaves them on errors and for strangers', get('/own/all', PARTNER), OWN),
  own('preflights go on to the application', preflight('/own/all', 'PUT', PARTNER), {
    ...OWN,
    status: 204,
    body: '',
  }),
  own('adds nothing', get('/own/read', APP), { status: 200, cors: [], vary: [], body: 'read' }),
  own('a preflight that nobody takes', preflight('/own/read', 'GET'), {
    status: 404,
    cors: [],
    vary: [],
  }),
  own(
    'another method of the path has its own policy',
    preflight('/own/read', 'PUT'),
    passes({ methods: 'PUT' }),
  ),
]);
