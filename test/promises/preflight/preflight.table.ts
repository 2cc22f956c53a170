import {
  All,
  type CanActivate,
  Controller,
  Get,
  Injectable,
  Options,
  Put,
  UseGuards,
} from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { APP, EVIL } from '../../support/origins.js';
import type { HeaderLine, RawRequest } from '../../support/raw.js';
import {
  against,
  allowed,
  bare,
  denied,
  fails,
  failsAloud,
  get,
  only,
  passes,
  preflight,
  request,
  row,
} from '../../support/row.js';
import type { Row } from '../../support/row.js';

@Injectable()
class ClosedGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@CorsPolicy({ origin: APP })
@Controller('preflight')
class PreflightTargetController {
  private reached = 0;

  @Get('open') read(): string {
    return 'read';
  }
  @Put('open') write(): string {
    return 'written';
  }
  @UseGuards(ClosedGuard) @Put('guarded') guarded(): string {
    return 'never';
  }
  @Put('own-options') put(): string {
    return 'written';
  }
  @Options('own-options') options(): string {
    this.reached += 1;
    return 'own options';
  }
  @All('all') all(): string {
    this.reached += 1;
    return 'all';
  }
  @Get('reached') count(): string {
    return String(this.reached);
  }
}

/** A second policy, whose preflights name no origin that is allowed by the first. */
@CorsPolicy({ origin: APP, methods: ['PUT'], allowedHeaders: ['X-A'], credentials: true })
@Controller('steps')
class StepsController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}

@NoCors()
@Controller('closed')
class ClosedController {
  @Get() read(): string {
    return 'closed';
  }
}

export const controllers = [PreflightTargetController, StepsController, ClosedController];

const OPEN = '/preflight/open';
const granted = passes({ credentials: false, methods: 'GET, HEAD, PUT' });
const grant = (allow: string): ReturnType<typeof passes> =>
  passes({ credentials: false, methods: 'GET, HEAD, PUT', allow });
const asking = (names: string): RawRequest => preflight(OPEN, 'PUT', APP, names);
const names = (count: number): string =>
  Array.from({ length: count }, (_, index) => `x-${index}`).join(',');
const options = (path: string, ...headers: readonly HeaderLine[]): RawRequest => ({
  method: 'OPTIONS',
  path,
  headers,
});
const ORIGIN: HeaderLine = ['Origin', APP];
const METHOD: HeaderLine = ['Access-Control-Request-Method', 'PUT'];

const kinds: readonly Row[] = [
  row(
    'what a preflight is',
    'OPTIONS with Origin and method is a preflight',
    preflight(OPEN, 'PUT'),
    granted,
  ),
  row(
    'what a preflight is',
    'which an own @Options() handler never sees',
    preflight('/preflight/own-options', 'PUT'),
    passes({ credentials: false, methods: 'PUT, OPTIONS' }),
  ),
  row(
    'what a preflight is',
    'nor an @All() handler',
    preflight('/preflight/all', 'DELETE'),
    passes({ credentials: false, methods: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }),
  ),
  row(
    'what a preflight is',
    'nor one whose preflight fails',
    preflight('/preflight/own-options', 'PUT', EVIL),
    fails(),
  ),
  row(
    'what a preflight is',
    'so that none of them has run',
    get('/preflight/reached'),
    denied({ body: '0' }),
  ),
  row(
    'what a preflight is',
    'without a method it is an ordinary request',
    options('/preflight/own-options', ORIGIN),
    allowed(APP, { body: 'own options' }),
  ),
  row(
    'what a preflight is',
    'without Origin too',
    options('/preflight/own-options', METHOD),
    denied({ body: 'own options' }),
  ),
  row(
    'what a preflight is',
    'with an empty Origin too',
    options('/preflight/own-options', ['Origin', ''], METHOD),
    denied({ body: 'own options' }),
  ),
  row(
    'what a preflight is',
    'and one with nothing at all',
    options('/preflight/own-options'),
    denied({ body: 'own options' }),
  ),
  row(
    'what a preflight is',
    'a plain OPTIONS request reaches @All()',
    options('/preflight/all', ORIGIN),
    allowed(APP, { body: 'all' }),
  ),
  row(
    'what a preflight is',
    'another method with the headers of a preflight is none',
    request('PUT', OPEN, APP, [METHOD]),
    allowed(APP, { body: 'written' }),
  ),
  row(
    'what a preflight is',
    'plain OPTIONS where no handler serves it is 404',
    options(OPEN, ORIGIN),
    allowed(APP, { status: 404 }),
    only('answers of the 404 handler'),
  ),
  row(
    'what a preflight is',
    'even from a stranger',
    options(OPEN, ['Origin', EVIL]),
    denied({ status: 404 }),
    only('answers of the 404 handler'),
  ),
  row(
    'steps of a preflight',
    'no guard runs',
    preflight('/preflight/guarded', 'PUT'),
    passes({ credentials: false, methods: 'PUT' }),
  ),
  row(
    'what a preflight is',
    'an empty method is a preflight, for no method',
    preflight(OPEN, ''),
    fails(),
  ),
  row(
    'what a preflight is',
    'a body is left unread',
    { ...preflight(OPEN, 'PUT'), body: '{"broken"' },
    granted,
    only('answers of body parsers'),
  ),
  row('what a preflight is', 'HTTP/1.0', { ...preflight(OPEN, 'PUT'), version: '1.0' }, granted),
  row(
    'what a preflight is',
    'cookies and tokens change nothing',
    preflight(OPEN, 'PUT', APP, undefined, [
      ['Cookie', 'a=b'],
      ['Authorization', 'Bearer t'],
    ]),
    granted,
  ),
];

const methods: readonly Row[] = [
  ...[
    'put',
    'patch',
    'FOO',
    '*',
    'PUT, DELETE',
    'P UT',
    'CONNECT',
    'TRACE',
    'TRACK',
    '__proto__',
    'constructor',
    'toString',
  ].map((method) =>
    row(
      'steps of a preflight',
      `${method} is no method that a page could send`,
      preflight(OPEN, method),
      fails(),
    ),
  ),
  row(
    'steps of a preflight',
    'two method lines are one wrong method',
    preflight(OPEN, 'PUT', APP, undefined, [['Access-Control-Request-Method', 'GET']]),
    fails(),
  ),
];

const headers: readonly Row[] = [
  row('steps of a preflight', 'open: the names asked for', asking('x-a,x-b'), grant('x-a, x-b')),
  row(
    'steps of a preflight',
    'open: in lower case',
    asking('X-A,AUTHORIZATION'),
    grant('x-a, authorization'),
  ),
  row('steps of a preflight', 'open: no list unless asked', preflight(OPEN, 'PUT'), granted),
  row('requested headers', 'white space of proxies', asking(' x-a ,\t x-b\t'), grant('x-a, x-b')),
  row(
    'requested headers',
    'several lines',
    preflight(OPEN, 'PUT', APP, 'x-a', [['Access-Control-Request-Headers', 'x-b']]),
    grant('x-a, x-b'),
  ),
  row('requested headers', 'an empty list asks for nothing', asking(''), granted),
  row('requested headers', '16 empty elements', asking(`${','.repeat(16)}x-a`), grant('x-a')),
  row('requested headers', '17 empty elements', asking(`${','.repeat(17)}x-a`), fails()),
  row(
    'requested headers',
    '128 names',
    asking(names(128)),
    grant(names(128).replaceAll(',', ', ')),
  ),
  row('requested headers', '129 names', asking(names(129)), fails()),
  row('requested headers', '4096 bytes', asking('x'.repeat(4096)), grant('x'.repeat(4096))),
  row('requested headers', '4097 bytes', asking('x'.repeat(4097)), fails()),
  row('requested headers', '15,000 commas', asking(','.repeat(15_000)), fails()),
  row('requested headers', 'spaces between two names', asking(`a${' '.repeat(12_000)}b`), fails()),
  row(
    'requested headers',
    '500 lines',
    preflight(
      OPEN,
      'PUT',
      APP,
      undefined,
      Array.from({ length: 500 }, () => ['Access-Control-Request-Headers', ','] as const),
    ),
    fails(),
  ),
  ...['x a', 'x(a)', 'x-a;x-b', 'x:a', '"x"', 'x-\xe4', 'x/a', '{}', 'x-a\tx-b'].map((value) =>
    row(
      'requested headers',
      `${JSON.stringify(value)} is no list of names`,
      asking(value),
      fails(),
    ),
  ),
  row('requested headers', "open: '*' is a name like others", asking('*'), grant('*')),
  row(
    'requested headers',
    'open: __proto__ is a name like others',
    asking('__proto__'),
    grant('__proto__'),
  ),
];

const CREDENTIALS = 'access-control-allow-credentials: true';
const ALLOW_ORIGIN = `access-control-allow-origin: ${APP}`;
const ALLOW_METHODS = 'access-control-allow-methods: PUT';

/** With debug each failure names its step, which shows the order of the steps. */
const steps: readonly Row[] = against('debug', [
  row(
    'steps of a preflight',
    'origin comes first',
    preflight('/steps', 'DELETE', EVIL, 'x-other'),
    failsAloud('origin-denied', []),
  ),
  row(
    'steps of a preflight',
    'then the method',
    preflight('/steps', 'DELETE', APP, 'x-other'),
    failsAloud('method-denied', [CREDENTIALS, ALLOW_ORIGIN]),
  ),
  row(
    'steps of a preflight',
    'then the headers',
    preflight('/steps', 'PUT', APP, 'x-other'),
    failsAloud('headers-denied', [CREDENTIALS, ALLOW_METHODS, ALLOW_ORIGIN]),
  ),
  row(
    'steps of a preflight',
    'a malformed header list',
    preflight('/steps', 'PUT', APP, 'x other'),
    failsAloud('headers-malformed', [CREDENTIALS, ALLOW_METHODS, ALLOW_ORIGIN]),
  ),
  row(
    'steps of a preflight',
    '@NoCors()',
    preflight('/closed', 'GET'),
    failsAloud('no-policy', []),
  ),
  row(
    'steps of a preflight',
    'debug changes no success',
    preflight('/steps', 'PUT', APP, 'x-a'),
    passes({ methods: 'PUT', allow: 'X-A', headers: { 'cors-debug': [] } }),
  ),
  row(
    'steps of a preflight',
    'nor an actual response',
    get('/steps', EVIL),
    denied({ headers: { 'cors-debug': [] } }),
  ),
]);

const withoutDebug: readonly Row[] = [
  row(
    'steps of a preflight',
    'origin denied',
    preflight('/steps', 'DELETE', EVIL, 'x-other'),
    fails(),
  ),
  row(
    'steps of a preflight',
    'method denied',
    preflight('/steps', 'DELETE', APP, 'x-other'),
    fails(),
  ),
  row('steps of a preflight', 'header denied', preflight('/steps', 'PUT', APP, 'x-other'), fails()),
  row(
    'steps of a preflight',
    'a failure says nothing of itself',
    preflight('/steps', 'PUT', APP, 'x other'),
    fails({ headers: { 'cors-debug': [], 'content-length': ['0'], 'content-type': [] } }),
  ),
  row(
    'steps of a preflight',
    '@NoCors() fails like a denied origin, `Vary` included',
    preflight('/closed', 'GET'),
    fails({ headers: { 'content-length': ['0'] } }),
  ),
  row(
    'steps of a preflight',
    'OPTIONS * is nobody’s',
    options('*'),
    bare({ status: 404 }),
    only('answers of the 404 handler', { app: 'bare' }),
  ),
];

export const rows: readonly Row[] = [...kinds, ...methods, ...headers, ...steps, ...withoutDebug];
