import { All, Controller, Delete, Get, Head, Put } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { APP, PARTNER } from '../../support/origins.js';
import type { HeaderLine } from '../../support/raw.js';
import {
  allowed,
  bare,
  denied,
  fails,
  get,
  passes,
  preflight,
  request,
  row,
} from '../../support/row.js';
import type { Row } from '../../support/row.js';

/** Must never be reached by a page that had a preflight for something else at the same URL. */
@Controller('overlap')
class SamePathController {
  @Get('same') read(): string {
    return 'read';
  }
  @Put('same') write(): string {
    return 'written';
  }
  @NoCors() @Delete('same') remove(): string {
    return 'removed';
  }

  @Put('other-policy') put(): string {
    return 'written';
  }
  @CorsPolicy('partners') @Delete('other-policy') deleteByPartners(): string {
    return 'removed';
  }

  @CorsPolicy({ origin: PARTNER }) @Put('alike') putAlike(): string {
    return 'written';
  }
  @CorsPolicy({ origin: PARTNER }) @Delete('alike') deleteAlike(): string {
    return 'removed';
  }
}

@Controller('overlap/param')
class ParamController {
  @NoCors() @Delete('static') removeStatic(): string {
    return 'static';
  }
  @Put(':id') write(): string {
    return 'written';
  }
  @Delete(':id') remove(): string {
    return 'removed';
  }
}

@Controller('overlap/wildcard')
class WildcardController {
  @NoCors() @Delete('keep') removeStatic(): string {
    return 'static';
  }
  @Put('*') write(): string {
    return 'written';
  }
  @Delete('*') remove(): string {
    return 'removed';
  }
}

@Controller('overlap/all')
class AllController {
  @NoCors() @Delete('static') removeStatic(): string {
    return 'static';
  }
  @All(':id') all(): string {
    return 'all';
  }
}

@NoCors()
@Controller({ path: 'overlap/hosted', host: 'admin.example.test' })
class AdminHostController {
  @Delete('static') remove(): string {
    return 'admin';
  }
}

@CorsPolicy('partners')
@Controller({ path: 'overlap/hosts', host: ':tenant.example.test' })
class TenantHostController {
  @Put() write(): string {
    return 'tenant';
  }
}

@Controller('overlap/hosted')
class AnyHostController {
  @Put(':id') write(): string {
    return 'written';
  }
  @Delete(':id') remove(): string {
    return 'removed';
  }
}

@Controller('overlap/head')
class HeadController {
  @NoCors() @Get('of-get') get(): string {
    return 'got';
  }
  @Put('of-get') put(): string {
    return 'written';
  }
  @NoCors() @Head('own') head(): void {}
  @Get('own') read(): string {
    return 'read';
  }
  @Put('own') write(): string {
    return 'written';
  }
}

export const controllers = [
  SamePathController,
  ParamController,
  WildcardController,
  AllController,
  AdminHostController,
  TenantHostController,
  AnyHostController,
  HeadController,
];

const put = (methods: string): ReturnType<typeof passes> => passes({ methods });
const at = (name: string): string => `/overlap/${name}`;
const host = (name: string): readonly HeaderLine[] => [['Host', name]];
const to = (
  name: string,
  path: string,
  method: string,
  origin = APP,
): ReturnType<typeof preflight> => preflight(path, method, origin, undefined, host(name));

export const rows: readonly Row[] = [
  row(
    'listed methods',
    'same path: DELETE is @NoCors()',
    preflight(at('same'), 'PUT'),
    put('GET, HEAD, PUT'),
  ),
  row(
    'listed methods',
    'same path: and its own preflight fails',
    preflight(at('same'), 'DELETE'),
    fails(),
  ),
  row(
    'listed methods',
    'same path: DELETE has another policy',
    preflight(at('other-policy'), 'PUT'),
    put('PUT'),
  ),
  row(
    'listed methods',
    'same path: and the other way round',
    preflight(at('other-policy'), 'DELETE', PARTNER),
    passes({ origin: PARTNER, methods: 'DELETE', maxAge: 3600 }),
  ),
  row(
    'listed methods',
    'same path: an equal policy written twice is one policy',
    preflight(at('alike'), 'PUT', PARTNER),
    passes({ origin: PARTNER, methods: 'PUT, DELETE' }),
  ),
  row(
    'listed methods',
    'param vs static: at the static path only PUT',
    preflight(at('param/static'), 'PUT'),
    put('PUT'),
  ),
  row(
    'listed methods',
    'param vs static: DELETE there fails',
    preflight(at('param/static'), 'DELETE'),
    fails(),
  ),
  row(
    'listed methods',
    'param vs static: both elsewhere',
    preflight(at('param/7'), 'PUT'),
    put('PUT, DELETE'),
  ),
  row(
    'the policy of what runs',
    'param vs static: the response of what ran',
    request('DELETE', at('param/static'), APP),
    bare({ body: 'static' }),
  ),
  row(
    'the policy of what runs',
    'param vs static, percent-encoded: the router decodes it',
    request('DELETE', at('param/%73tatic'), APP),
    {
      express: allowed(APP, { credentials: true, body: 'removed' }),
      fastify: bare({ body: 'static' }),
    },
  ),
  row(
    'the policy of what runs',
    'param vs static, percent-encoded: and the preflight agrees',
    preflight(at('param/%73tatic'), 'DELETE'),
    {
      express: passes({ methods: 'PUT, DELETE' }),
      fastify: fails(),
    },
  ),
  row(
    'listed methods',
    'wildcard vs static: only PUT',
    preflight(at('wildcard/keep'), 'PUT'),
    put('PUT'),
  ),
  row(
    'listed methods',
    'wildcard vs static: DELETE there fails',
    preflight(at('wildcard/keep'), 'DELETE'),
    fails(),
  ),
  row(
    'listed methods',
    'wildcard vs static: both elsewhere',
    preflight(at('wildcard/a/b'), 'PUT'),
    put('PUT, DELETE'),
  ),
  row(
    'listed methods',
    '@All() vs specific: everything but DELETE',
    preflight(at('all/static'), 'PUT'),
    put('GET, HEAD, POST, PUT, PATCH, OPTIONS'),
  ),
  row(
    'listed methods',
    '@All() vs specific: DELETE there fails',
    preflight(at('all/static'), 'DELETE'),
    fails(),
  ),
  row(
    'listed methods',
    '@All() vs specific: everything elsewhere',
    preflight(at('all/7'), 'PUT'),
    put('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'),
  ),
  row(
    'listed methods',
    'host-bound: DELETE belongs to the other host',
    to('admin.example.test', at('hosted/static'), 'PUT'),
    put('PUT'),
  ),
  row(
    'listed methods',
    'host-bound: DELETE there fails',
    to('admin.example.test', at('hosted/static'), 'DELETE'),
    fails(),
  ),
  row(
    'listed methods',
    'host-bound: with a port, in other case',
    to('ADMIN.example.test:8080', at('hosted/static'), 'DELETE'),
    fails(),
  ),
  row(
    'listed methods',
    'host-bound: another host (Fastify stays within the matched route)',
    to('www.example.test', at('hosted/static'), 'PUT'),
    {
      express: put('PUT, DELETE'),
      fastify: put('PUT'),
    },
  ),
  row(
    'the policy of what runs',
    'host-bound: the response at the bound host',
    request('DELETE', at('hosted/static'), APP, host('admin.example.test')),
    bare({ body: 'admin' }),
  ),
  row(
    'the policy of what runs',
    'host-bound: the response at another host',
    request('DELETE', at('hosted/static'), APP, host('www.example.test')),
    {
      express: allowed(APP, { credentials: true, body: 'removed' }),
      fastify: bare({ status: 404 }),
    },
  ),
  row(
    'the policy of what runs',
    'host with a parameter',
    to('acme.example.test', at('hosts'), 'PUT', PARTNER),
    passes({ origin: PARTNER, methods: 'PUT', maxAge: 3600 }),
  ),
  row(
    'the policy of what runs',
    'a host filter that passes on: the 404 is nobody’s (Fastify stays within the matched route)',
    request('PUT', at('hosts'), PARTNER, host('www.elsewhere.test')),
    {
      express: denied({ status: 404 }),
      fastify: allowed(PARTNER, { status: 404, expose: 'X-Total-Count, X-Page' }),
    },
    { why: 'answers of the 404 handler' },
  ),
  row(
    'the policy of what runs',
    'a host filter that passes on: so the default answers',
    request('PUT', at('hosts'), APP, host('www.elsewhere.test')),
    { express: allowed(APP, { status: 404, credentials: true }), fastify: denied({ status: 404 }) },
    { why: 'answers of the 404 handler' },
  ),
  row(
    'listed methods',
    'HEAD-as-GET: neither, where GET is @NoCors()',
    preflight(at('head/of-get'), 'PUT'),
    put('PUT'),
  ),
  row(
    'listed methods',
    'HEAD-as-GET: HEAD fails like GET',
    preflight(at('head/of-get'), 'HEAD'),
    fails(),
  ),
  row(
    'listed methods',
    'HEAD of its own: GET without HEAD',
    preflight(at('head/own'), 'PUT'),
    put('GET, PUT'),
  ),
  row('listed methods', 'HEAD of its own: fails', preflight(at('head/own'), 'HEAD'), fails()),
  row(
    'the policy of what runs',
    'HEAD has the policy of GET',
    request('HEAD', at('same'), APP),
    allowed(APP, { credentials: true }),
  ),
  row(
    'the policy of what runs',
    'HEAD of its own has its own',
    request('HEAD', at('head/own'), APP),
    bare(),
  ),
  row(
    'the policy of what runs',
    'a query changes nothing',
    preflight(`${at('same')}?a=b`, 'PUT'),
    put('GET, HEAD, PUT'),
  ),
  row(
    'the policy of what runs',
    'an absolute-form target (Nest’s Fastify adapter refuses it)',
    preflight(`http://elsewhere.test${at('same')}`, 'DELETE'),
    fails(),
  ),
  row(
    'the policy of what runs',
    'case: as the platform routes',
    get(at('SAME'), APP),
    {
      express: allowed(APP, { credentials: true, body: 'read' }),
      fastify: allowed(APP, { credentials: true, status: 404 }),
    },
    { why: 'answers of the 404 handler' },
  ),
  row(
    'the policy of what runs',
    'case: the preflight agrees',
    preflight(at('SAME'), 'DELETE'),
    {
      express: fails(),
      fastify: passes({ methods: 'DELETE' }),
    },
    { why: 'preflights for targets without a route' },
  ),
  row(
    'the policy of what runs',
    'trailing slash: as the platform routes',
    preflight(`${at('same')}/`, 'DELETE'),
    {
      express: fails(),
      fastify: passes({ methods: 'DELETE' }),
    },
    { why: 'preflights for targets without a route' },
  ),
  row(
    'the policy of what runs',
    'doubled slash: as the platform routes',
    preflight('//overlap/same', 'DELETE'),
    passes({ methods: 'DELETE' }),
    { why: 'preflights for targets without a route' },
  ),
  row(
    'steps of a preflight',
    'a stranger learns nothing about siblings',
    preflight(at('same'), 'PUT', PARTNER),
    fails(),
  ),
];
