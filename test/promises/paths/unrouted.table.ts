import { Controller, Get, Put } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
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
import type { Row } from '../../support/row.js';

@Controller('unrouted')
class AgreeingController {
  @CorsPolicy('partners') @Get('agree') get(): string {
    return 'got';
  }
  @CorsPolicy('partners') @Put('agree') put(): string {
    return 'put';
  }
  @NoCors() @Get('agree-on-none') none(): string {
    return 'none';
  }
  @CorsPolicy('partners') @Get('disagree') read(): string {
    return 'got';
  }
  @NoCors() @Put('disagree') write(): string {
    return 'put';
  }
}

@Controller('plain')
class PlainController {
  @Get() get(): string {
    return 'got';
  }
}

export const controllers = [AgreeingController, PlainController];

const notFound = only('answers of the 404 handler');
const unrouted = only('preflights for targets without a route');
const partnersGrant = (methods: string): ReturnType<typeof passes> =>
  passes({ origin: PARTNER, methods, maxAge: 3600 });
const expose = 'X-Total-Count, X-Page';

export const rows: readonly Row[] = [
  row(
    'no route',
    'the page can read the 404',
    get('/nowhere', APP),
    allowed(APP, { status: 404, credentials: true }),
    notFound,
  ),
  row('no route', 'a stranger cannot', get('/nowhere', EVIL), denied({ status: 404 }), notFound),
  row('no route', 'without Origin', get('/nowhere'), denied({ status: 404 }), notFound),
  row(
    'no route',
    'a preflight for it',
    preflight('/nowhere', 'GET'),
    passes({ methods: 'GET' }),
    unrouted,
  ),
  row(
    'no route',
    'for any method',
    preflight('/nowhere', 'DELETE'),
    passes({ methods: 'DELETE' }),
    unrouted,
  ),
  row(
    'no route',
    'with headers',
    preflight('/nowhere', 'PUT', APP, 'x-a'),
    passes({ methods: 'PUT', allow: 'x-a' }),
    unrouted,
  ),
  row('no route', 'not for strangers', preflight('/nowhere', 'GET', EVIL), fails(), unrouted),
  row(
    'no route',
    'not for a method that no page can send',
    preflight('/nowhere', 'FOO'),
    fails(),
    unrouted,
  ),
  row(
    'wrong method',
    'all routes of the URL agree: their policy',
    preflight('/unrouted/agree', 'DELETE', PARTNER),
    partnersGrant('DELETE'),
  ),
  row('wrong method', 'and not the default', preflight('/unrouted/agree', 'DELETE', APP), fails()),
  row(
    'wrong method',
    'the response of an agreed policy',
    request('DELETE', '/unrouted/agree', PARTNER),
    allowed(PARTNER, { status: 404, expose }),
    notFound,
  ),
  row(
    'wrong method',
    'only the requested method is listed',
    preflight('/unrouted/agree', 'POST', PARTNER),
    partnersGrant('POST'),
  ),
  row('wrong method', 'all agree on none', preflight('/unrouted/agree-on-none', 'DELETE'), fails()),
  row(
    'wrong method',
    'and strip the response',
    request('DELETE', '/unrouted/agree-on-none', APP),
    bare({ status: 404 }),
    notFound,
  ),
  row(
    'wrong method',
    'they disagree: the default',
    preflight('/unrouted/disagree', 'DELETE'),
    passes({ methods: 'DELETE' }),
  ),
  row(
    'wrong method',
    'which is not theirs',
    preflight('/unrouted/disagree', 'DELETE', PARTNER),
    fails(),
  ),
  row(
    'wrong method',
    'the response of the default',
    request('DELETE', '/unrouted/disagree', APP),
    allowed(APP, { status: 404, credentials: true }),
    notFound,
  ),
  ...against('narrow', [
    row(
      'no route',
      'the default’s methods hold',
      preflight('/nowhere', 'PUT'),
      passes({ credentials: false, methods: 'PUT' }),
      unrouted,
    ),
    row('no route', 'and narrow', preflight('/nowhere', 'DELETE'), fails(), unrouted),
    row(
      'no route',
      'but GET passes',
      preflight('/nowhere', 'GET'),
      passes({ credentials: false, methods: 'GET' }),
      unrouted,
    ),
    row(
      'wrong method',
      'the default’s methods hold at a route too',
      preflight('/plain', 'DELETE'),
      fails(),
    ),
  ]),
  ...against('bare', [
    row('no default', '404 without headers', get('/nowhere', APP), bare({ status: 404 }), notFound),
    row(
      'no default',
      'a preflight meets the 404 too',
      preflight('/nowhere', 'GET'),
      bare({ status: 404 }),
      unrouted,
    ),
    row(
      'no default',
      'routes that disagree: left alone',
      preflight('/unrouted/disagree', 'DELETE'),
      bare({ status: 404 }),
    ),
    row(
      'no default',
      'routes that agree: theirs',
      preflight('/unrouted/agree', 'DELETE', PARTNER),
      partnersGrant('DELETE'),
    ),
    row(
      'no default',
      'and their 404 is readable',
      request('DELETE', '/unrouted/agree', PARTNER),
      allowed(PARTNER, { status: 404, expose }),
      notFound,
    ),
  ]),
];
