import { Controller, Delete, Get, Module, Put, Version, VERSION_NEUTRAL } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { APP, PARTNER } from '../../support/origins.js';
import type { HeaderLine } from '../../support/raw.js';
import {
  against,
  allowed,
  bare,
  fails,
  get,
  only,
  passes,
  preflight,
  request,
  row,
} from '../../support/row.js';
import type { Row } from '../../support/row.js';

@Controller({ path: 'things', version: '1' })
class FirstController {
  @NoCors() @Delete('static') removeStatic(): string {
    return 'static';
  }
  @Put(':id') write(): string {
    return 'v1';
  }
  @Delete(':id') remove(): string {
    return 'v1';
  }
}

@CorsPolicy('partners')
@Controller({ path: 'things', version: ['2', '3'] })
class SecondController {
  @Put(':id') write(): string {
    return 'v2';
  }
  @NoCors() @Version('2') @Delete(':id') remove(): string {
    return 'v2';
  }
}

@CorsPolicy('public')
@Controller({ path: 'things', version: VERSION_NEUTRAL })
class NeutralController {
  @Get(':id') read(): string {
    return 'neutral';
  }
}

@Controller('mixed')
class MixedController {
  @Put() write(): string {
    return 'outside the prefix';
  }
  @NoCors() @Delete() remove(): string {
    return 'inside the prefix';
  }
  @Get(['one', 'two']) either(): string {
    return 'either';
  }
}

@CorsPolicy('partners')
@Controller()
class RootController {
  @Get() root(): string {
    return 'root';
  }
}

@CorsPolicy('partners')
@Controller(['orders', 'bestellungen'])
class SeveralPathsController {
  @Get() list(): string {
    return 'orders';
  }
}

@CorsPolicy('partners')
@Controller('users')
class UsersController {
  @Get() list(): string {
    return 'users';
  }
  @Put() replace(): string {
    return 'replaced';
  }
}

@Module({ controllers: [UsersController] })
export class AdminModule {}

@CorsPolicy('partners')
@Controller({ path: 'things', version: '1' })
class FirstByHeaderController {
  @Put(':id') write(): string {
    return 'v1';
  }
}

@CorsPolicy({ extends: 'partners' })
@Controller({ path: 'things', version: '2' })
class SecondByHeaderController {
  @Put(':id') write(): string {
    return 'v2';
  }
  @NoCors() @Delete(':id') remove(): string {
    return 'v2';
  }
}

export const headerVersionedControllers = [FirstByHeaderController, SecondByHeaderController];
export const versionedControllers = [FirstController, SecondController, NeutralController];
export const prefixedControllers = [MixedController, RootController, SeveralPathsController];

const expose = 'X-Total-Count, X-Page';
const partnersGrant = (methods: string): ReturnType<typeof passes> =>
  passes({ origin: PARTNER, methods, maxAge: 3600 });

const versioned: readonly Row[] = against('versioned', [
  row(
    'listed methods',
    'versioned: v1 lists what v1 serves',
    preflight('/v1/things/7', 'PUT'),
    passes({ methods: 'PUT, DELETE' }),
  ),
  row(
    'listed methods',
    'versioned: v2 has its own policies',
    preflight('/v2/things/7', 'PUT', PARTNER),
    partnersGrant('PUT'),
  ),
  row(
    'listed methods',
    'versioned: DELETE of v2 is @NoCors()',
    preflight('/v2/things/7', 'DELETE', PARTNER),
    fails(),
  ),
  row(
    'listed methods',
    'versioned: v3 has no DELETE: the policy of its routes',
    preflight('/v3/things/7', 'DELETE', PARTNER),
    partnersGrant('DELETE'),
  ),
  row(
    'listed methods',
    'versioned: static beside param within v1',
    preflight('/v1/things/static', 'PUT'),
    passes({ methods: 'PUT' }),
  ),
  row(
    'the policy of what runs',
    'versioned: the response of what ran',
    request('PUT', '/v2/things/7', PARTNER),
    allowed(PARTNER, { expose, body: 'v2' }),
  ),
  row(
    'the policy of what runs',
    'version-neutral',
    get('/things/7', APP),
    allowed('*', { body: 'neutral' }),
  ),
  row(
    'the policy of what runs',
    'version-neutral preflight',
    preflight('/things/7', 'GET'),
    passes({ origin: '*', credentials: false, methods: 'GET, HEAD' }),
  ),
  row(
    'the policy of what runs',
    'a version that does not exist',
    get('/v9/things/7', APP),
    allowed(APP, { credentials: true, status: 404 }),
    only('answers of the 404 handler'),
  ),
]);

const version = (value: string): readonly HeaderLine[] => [['X-Version', value]];

const headerVersioned: readonly Row[] = against('header-versioned', [
  row(
    'versions',
    'a preflight carries no version: the policy that all versions share',
    preflight('/things/7', 'PUT', PARTNER),
    partnersGrant('PUT'),
  ),
  row(
    'versions',
    'a method of one version only',
    preflight('/things/7', 'DELETE', PARTNER),
    fails(),
  ),
  row(
    'versions',
    'the response of one version',
    request('PUT', '/things/7', PARTNER, version('1')),
    allowed(PARTNER, { expose, body: 'v1' }),
  ),
  row(
    'versions',
    'the response of the other version',
    request('PUT', '/things/7', PARTNER, version('2')),
    allowed(PARTNER, { expose, body: 'v2' }),
  ),
  row(
    'versions',
    'the response of a version without CORS',
    request('DELETE', '/things/7', PARTNER, version('2')),
    bare({ body: 'v2' }),
  ),
]);

const prefixed: readonly Row[] = against('prefixed', [
  row(
    'listed methods',
    'prefix exclusion: PUT is outside, DELETE inside',
    preflight('/mixed', 'PUT'),
    passes({ methods: 'PUT' }),
  ),
  row(
    'listed methods',
    'prefix exclusion: DELETE outside has the policy of PUT, and no handler',
    preflight('/mixed', 'DELETE'),
    passes({ methods: 'DELETE' }),
  ),
  row(
    'listed methods',
    'prefix exclusion: inside, DELETE is @NoCors()',
    preflight('/api/mixed', 'DELETE'),
    fails(),
  ),
  row(
    'listed methods',
    'prefix exclusion: inside there is nothing else',
    preflight('/api/mixed', 'PUT'),
    fails(),
  ),
  row(
    'the policy of what runs',
    'prefix exclusion: the responses',
    request('PUT', '/mixed', APP),
    allowed(APP, { credentials: true, body: 'outside the prefix' }),
  ),
  row(
    'the policy of what runs',
    'prefix exclusion: the responses inside',
    request('DELETE', '/api/mixed', APP),
    bare({ body: 'inside the prefix' }),
  ),
  row(
    'the policy of what runs',
    'the root of the prefix',
    get('/api', PARTNER),
    allowed(PARTNER, { expose, body: 'root' }),
  ),
  row(
    'the policy of what runs',
    'its preflight',
    preflight('/api', 'GET', PARTNER),
    partnersGrant('GET, HEAD'),
  ),
  row(
    'the policy of what runs',
    'an array of method paths',
    preflight('/api/mixed/two', 'GET'),
    passes({ methods: 'GET, HEAD' }),
  ),
  row(
    'the policy of what runs',
    'an array of controller paths',
    preflight('/api/bestellungen', 'GET', PARTNER),
    partnersGrant('GET, HEAD'),
  ),
  row(
    'the policy of what runs',
    'RouterModule',
    preflight('/api/admin/users', 'PUT', PARTNER),
    partnersGrant('GET, HEAD, PUT'),
  ),
  row(
    'the policy of what runs',
    'RouterModule: the response',
    get('/api/admin/users', PARTNER),
    allowed(PARTNER, { expose, body: 'users' }),
  ),
  row(
    'the policy of what runs',
    'without the prefix there is nothing',
    get('/admin/users', PARTNER),
    { ...allowed(APP), cors: [], status: 404 },
    only('answers of the 404 handler'),
  ),
]);

export const rows: readonly Row[] = [...versioned, ...headerVersioned, ...prefixed];
