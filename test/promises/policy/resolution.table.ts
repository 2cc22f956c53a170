import { Controller, Delete, Get, Put } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { allowed, bare, denied, fails, get, passes, preflight, row } from '../../support/row.js';
import type { Row } from '../../support/row.js';

const INLINE = 'https://inline.example';

@Controller('resolve/default')
class UndecoratedController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}

@CorsPolicy('partners')
@Controller('resolve/class')
class ClassController {
  @Get() inherits(): string {
    return 'inherits';
  }
  @CorsPolicy('public') @Get('replaced') replaced(): string {
    return 'replaced';
  }
  @CorsPolicy({ origin: INLINE }) @Get('inline') inline(): string {
    return 'inline';
  }
  @CorsPolicy({ extends: 'partners', maxAge: 60 }) @Put('extends-name') extendsName(): string {
    return 'extends';
  }
  @CorsPolicy({ extends: 'app', exposedHeaders: ['X-Own'] }) @Get('extends-other') other(): string {
    return 'extends';
  }
  @CorsPolicy({ extends: 'parent', exposedHeaders: ['X-Only'] })
  @Get('extends-parent')
  parent(): string {
    return 'extends';
  }
  @CorsPolicy({ extends: 'parent', origin: INLINE }) @Get('extends-origin') origin(): string {
    return 'extends';
  }
  @CorsPolicy({ extends: 'derived' }) @Put('extends-derived') derived(): string {
    return 'extends';
  }
  @NoCors() @Delete('none') none(): string {
    return 'removed';
  }
  @CorsPolicy({ origin: false }) @Get('false') originFalse(): string {
    return 'closed';
  }
}

@NoCors()
@Controller('resolve/closed')
class ClosedController {
  @Get() read(): string {
    return 'closed';
  }
  @CorsPolicy('partners') @Get('open') open(): string {
    return 'open';
  }
}

@CorsPolicy('partners')
@Controller('resolve/base')
class BaseController {
  @Get('plain') plain(): string {
    return 'plain';
  }
  @CorsPolicy('public') @Get('decorated') decorated(): string {
    return 'decorated';
  }
  @CorsPolicy('public') @Get('overridden') overridden(): string {
    return 'base';
  }
}

@Controller('resolve/heir')
class HeirController extends BaseController {
  @Get('overridden') override overridden(): string {
    return 'heir';
  }
}

@CorsPolicy({ extends: 'parent', maxAge: 60 })
@Controller('resolve/narrowed')
class NarrowedController extends BaseController {}

@CorsPolicy('app')
@Controller('resolve/other-heir')
class OtherHeirController extends BaseController {}

@CorsPolicy({ extends: 'parent', exposedHeaders: 'X-Default' })
@Controller('resolve/from-default')
class FromDefaultController {
  @Get() read(): string {
    return 'read';
  }
}

export const controllers = [
  UndecoratedController,
  ClassController,
  ClosedController,
  BaseController,
  HeirController,
  NarrowedController,
  OtherHeirController,
  FromDefaultController,
];

const EXPOSED = 'X-Total-Count, X-Page';
const partner = allowed(PARTNER, { expose: EXPOSED });
const at = (name: string): string => `/resolve/${name}`;

export const rows: readonly Row[] = [
  row(
    'default',
    'a route without a decorator is under the default policy',
    get(at('default'), APP),
    allowed(APP, { credentials: true, body: 'read' }),
  ),
  row(
    'default',
    'its preflight too',
    preflight(at('default'), 'PUT'),
    passes({ methods: 'GET, HEAD, PUT' }),
  ),
  row(
    'default',
    'and nobody else is allowed',
    get(at('default'), PARTNER),
    denied({ body: 'read' }),
  ),
  row('controller', 'the class policy replaces the default', get(at('class'), PARTNER), partner),
  row('controller', 'whose origins are not added', get(at('class'), APP), denied()),
  row(
    'handler',
    'the method policy replaces the class policy whole: no exposed headers',
    get(at('class/replaced'), PARTNER),
    allowed('*', { body: 'replaced' }),
  ),
  row('handler', 'inline options on a method', get(at('class/inline'), INLINE), allowed(INLINE)),
  row(
    'handler',
    'to which the class has nothing to add',
    get(at('class/inline'), PARTNER),
    denied(),
  ),
  row(
    'extends',
    'a name: what is given replaces, the rest stays',
    preflight(at('class/extends-name'), 'PUT', PARTNER),
    passes({ origin: PARTNER, methods: 'PUT', maxAge: 60 }),
  ),
  row(
    'extends',
    'another name than the class has',
    get(at('class/extends-other'), APP),
    allowed(APP, { credentials: true, expose: 'X-Own' }),
  ),
  row(
    'extends',
    'of which the class policy is no part',
    get(at('class/extends-other'), PARTNER),
    denied(),
  ),
  row(
    'extends',
    "'parent' on a method is the class policy, arrays replace",
    get(at('class/extends-parent'), PARTNER),
    allowed(PARTNER, { expose: 'X-Only' }),
  ),
  row(
    'extends',
    'an origin replaces the origins',
    get(at('class/extends-origin'), PARTNER),
    denied(),
  ),
  row(
    'extends',
    'and keeps the other options',
    get(at('class/extends-origin'), INLINE),
    allowed(INLINE, { expose: EXPOSED }),
  ),
  row(
    'extends',
    'a policy that extends another one',
    preflight(at('class/extends-derived'), 'PUT', PARTNER),
    passes({
      origin: PARTNER,
      methods: 'PUT',
      maxAge: 30,
      status: 200,
      headers: { 'content-length': ['0'] },
    }),
  ),
  row(
    'extends',
    "'parent' on a class without a superclass is the default",
    get(at('from-default'), APP),
    allowed(APP, { credentials: true, expose: 'X-Default' }),
  ),
  row(
    'extends',
    "'parent' on a class is the superclass's policy",
    preflight(at('narrowed/plain'), 'GET', PARTNER),
    passes({ origin: PARTNER, methods: 'GET, HEAD', maxAge: 60 }),
  ),
  row(
    '@NoCors',
    'on a method: no preflight passes',
    preflight(at('class/none'), 'DELETE', PARTNER),
    fails(),
  ),
  row(
    '@NoCors',
    'on a method: no response is readable',
    { method: 'DELETE', path: at('class/none'), headers: [['Origin', PARTNER]] },
    bare({ body: 'removed' }),
  ),
  row(
    '@NoCors',
    'on a class: nor for the default policy',
    get(at('closed'), APP),
    bare({ body: 'closed' }),
  ),
  row('@NoCors', 'on a class: preflight', preflight(at('closed'), 'GET'), fails()),
  row('@NoCors', 'a method policy replaces it', get(at('closed/open'), PARTNER), partner),
  row(
    'origin: false',
    'is @NoCors(): responses',
    get(at('class/false'), PARTNER),
    bare({ body: 'closed' }),
  ),
  row(
    'origin: false',
    'is @NoCors(): preflights',
    preflight(at('class/false'), 'GET', PARTNER),
    fails(),
  ),
  row('inheritance', 'class metadata is inherited', get(at('heir/plain'), PARTNER), partner),
  row(
    'inheritance',
    'an inherited method keeps its own decorator',
    get(at('heir/decorated'), EVIL),
    allowed('*'),
  ),
  row(
    'inheritance',
    'an overriding method starts afresh, under the class policy',
    get(at('heir/overridden'), PARTNER),
    allowed(PARTNER, { expose: EXPOSED, body: 'heir' }),
  ),
  row(
    'inheritance',
    'and not under the overridden one',
    get(at('heir/overridden'), EVIL),
    denied({ body: 'heir' }),
  ),
  row(
    'inheritance',
    'while the superclass keeps it',
    get(at('base/overridden'), EVIL),
    allowed('*', { body: 'base' }),
  ),
  row(
    'inheritance',
    'the nearest class decorator wins',
    get(at('other-heir/plain'), APP),
    allowed(APP, { credentials: true }),
  ),
  row(
    'inheritance',
    'for one base method in two controllers',
    get(at('other-heir/plain'), PARTNER),
    denied(),
  ),
  row(
    'steps of a preflight',
    'a denied origin in a preflight',
    preflight(at('class'), 'GET', EVIL),
    fails(),
  ),
  row(
    'no default',
    'a route without a policy is left alone',
    get(at('default'), APP),
    bare({ body: 'read' }),
    { app: 'bare' },
  ),
  row(
    'no default',
    'its preflight goes on to the application, which has no OPTIONS handler',
    preflight(at('default'), 'PUT'),
    bare({ status: 404 }),
    { app: 'bare' },
  ),
  row('no default', 'a decorated route has its policy', get(at('class'), PARTNER), partner, {
    app: 'bare',
  }),
];
