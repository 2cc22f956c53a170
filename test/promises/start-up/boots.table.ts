import {
  Controller,
  Get,
  Header,
  Injectable,
  Put,
  type Type,
  VersioningType,
} from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import {
  CorsModule,
  type CorsModuleOptions,
  CorsPolicy,
  type CorsStrategy,
  NoCors,
} from 'nestjs-cors';
import { APP } from '../../support/origins.js';
import type { AppDescription } from '../../support/test-app.js';

/** What an application is started with. */
export interface Start extends AppDescription {
  readonly strategy?: CorsStrategy;
  readonly production?: boolean;
  /** Names itself neither Express nor Fastify. */
  readonly customAdapter?: boolean;
}

export interface StartRow {
  readonly code: string;
  readonly where: string;
  readonly wrong: Start;
  /** The nearest thing that is right. */
  readonly right: Start;
}

type Options = Record<string, unknown>;

export class CustomAdapter extends ExpressAdapter {
  override getType(): string {
    return 'custom';
  }
}

const ORIGIN: Options = { origin: APP };

/** Options as an application in JavaScript may write them. */
function options(value: Options): Start {
  return { cors: value as CorsModuleOptions };
}

function policy(value: unknown): Start {
  return options({ default: value });
}

/** One option of a policy beside a valid origin. */
function option(code: string, where: string, wrong: Options, right: Options): StartRow {
  const base = 'origin' in wrong ? {} : ORIGIN;
  return {
    code,
    where: `default${where}`,
    wrong: policy({ ...base, ...wrong }),
    right: policy({ ...base, ...right }),
  };
}

function origin(code: string, wrong: unknown, right: unknown, more: Options = {}): StartRow {
  return option(code, '.origin', { origin: wrong, ...more }, { origin: right, ...more });
}

function module(code: string, where: string, wrong: Options, right: Options): StartRow {
  return { code, where, wrong: options(wrong), right: options(right) };
}

function path(code: string, where: string, wrong: Options[], right: Options[]): StartRow {
  return module(code, where, { paths: wrong }, { paths: right });
}

function controller(
  code: string,
  where: string,
  wrong: Type,
  right: Type,
  more: Partial<Start> = {},
): StartRow {
  const start = (type: Type): Start => ({
    cors: { default: { origin: APP } },
    ...more,
    controllers: [type],
  });
  return { code, where, wrong: start(wrong), right: start(right) };
}

function named(name: string, type: Type): Type {
  Object.defineProperty(type, 'name', { value: name });
  return type;
}

/** A controller whose handlers carry the decorators given. */
function shop(
  onClass: readonly ClassDecorator[],
  onMethod: readonly MethodDecorator[],
  onHelper: readonly MethodDecorator[] = [],
): Type {
  @Controller('shop')
  class ShopController {
    @Get() list(): string {
      return this.help();
    }
    help(): string {
      return 'list';
    }
  }
  const { prototype } = ShopController;
  const decorate = (decorators: readonly MethodDecorator[], key: 'list' | 'help'): void => {
    for (const each of decorators)
      each(prototype, key, Object.getOwnPropertyDescriptor(prototype, key) ?? {});
  };
  for (const each of onClass) each(ShopController);
  decorate(onMethod, 'list');
  decorate(onHelper, 'help');
  return ShopController;
}

function versions(second: MethodDecorator): Type {
  @Controller({ path: 'versions' })
  class VersionsController {
    @Get() first(): string {
      return 'first';
    }
    @Get() second(): string {
      return 'second';
    }
  }
  const { prototype } = VersionsController;
  Reflect.defineMetadata('__version__', '1', prototype.first);
  Reflect.defineMetadata('__version__', '2', prototype.second);
  second(prototype, 'second', Object.getOwnPropertyDescriptor(prototype, 'second') ?? {});
  return VersionsController;
}

@Injectable()
class PlainService {
  work(): void {}
}

@CorsPolicy({ origin: APP })
@Injectable()
class DecoratedService {
  work(): void {}
}

@Controller('routes')
class RoutesController {
  @Get() read(): string {
    return 'read';
  }
  @Header('X-Kept', 'kept') @Put() write(): string {
    return 'written';
  }
}

const unreadable = {
  get origin(): string {
    throw new Error('no environment');
  },
};
const credentials = { credentials: true };
const app: AppDescription['cors'] = { default: { origin: APP } };

const policies: readonly StartRow[] = [
  module('invalid-options', 'default', { default: 7 }, { default: ORIGIN }),
  module('invalid-options', 'policies', { policies: [] }, { policies: {} }),
  option('unknown-option', '', { orgin: APP }, {}),
  option(
    'list-too-long',
    '.vary',
    { vary: Array.from({ length: 100_001 }, () => 'X-A') },
    { vary: ['X-A'] },
  ),
  module('unreadable-options', 'default', { default: unreadable }, { default: ORIGIN }),
  option('refused-option', '', { preflightContinue: true }, {}),
  option('refused-option', '', { privateNetwork: true }, {}),
  option('invalid-option-type', '.credentials', { credentials: 'true' }, credentials),
  option(
    'invalid-option-type',
    '.timingAllowOrigin',
    { timingAllowOrigin: '*' },
    { timingAllowOrigin: true },
  ),
  option('invalid-option-type', '.denied', { denied: 'ignore' }, { denied: 'reject' }),
  option(
    'invalid-option-type',
    '.resourcePolicy',
    { resourcePolicy: 'same' },
    { resourcePolicy: 'same-site' },
  ),
  option('invalid-option-type', '.methods', { methods: 7 }, { methods: 'PUT' }),
  option('invalid-option-type', '.extends', { extends: 7 }, {}),
  option('invalid-method', '.methods[0]', { methods: ['P UT'] }, { methods: ['PUT'] }),
  option('wildcard-methods', '.methods[0]', { methods: '*' }, { methods: 'PUT' }),
  option(
    'forbidden-method',
    '.methods[1]',
    { methods: ['PUT', 'TRACE'] },
    { methods: ['PUT', 'PATCH'] },
  ),
  option('unknown-method', '.methods[0]', { methods: ['patch'] }, { methods: ['PATCH'] }),
  option(
    'invalid-header-name',
    '.allowedHeaders[0]',
    { allowedHeaders: ['X Request-Id'] },
    { allowedHeaders: ['X-Request-Id'] },
  ),
  option(
    'invalid-header-name',
    '.exposedHeaders[0]',
    { exposedHeaders: ['X:A'] },
    { exposedHeaders: ['X-A'] },
  ),
  option('invalid-header-name', '.vary[0]', { vary: ['X Tenant'] }, { vary: ['X-Tenant'] }),
  option(
    'forbidden-request-header',
    '.allowedHeaders[1]',
    { allowedHeaders: ['X-A', 'Cookie'] },
    { allowedHeaders: ['X-A', 'Authorization'] },
  ),
  option(
    'forbidden-request-header',
    '.allowedHeaders[0]',
    { allowedHeaders: 'Sec-Fetch-Site' },
    { allowedHeaders: 'X-Fetch-Site' },
  ),
  option(
    'response-header-in-request',
    '.allowedHeaders[0]',
    { allowedHeaders: ['Access-Control-Allow-Origin'] },
    { allowedHeaders: ['X-A'] },
  ),
  option(
    'unexposable-header',
    '.exposedHeaders[0]',
    { exposedHeaders: ['Set-Cookie'] },
    { exposedHeaders: ['X-Set-Cookie'] },
  ),
  option('max-age-out-of-range', '.maxAge', { maxAge: 86401 }, { maxAge: 86400 }),
  option('max-age-out-of-range', '.maxAge', { maxAge: -2 }, { maxAge: -1 }),
  option('max-age-out-of-range', '.maxAge', { maxAge: '1h' }, { maxAge: 3600 }),
  option('max-age-out-of-range', '.maxAge', { maxAge: 0.5 }, { maxAge: 0 }),
  option(
    'invalid-success-status',
    '.optionsSuccessStatus',
    { optionsSuccessStatus: 300 },
    { optionsSuccessStatus: 299 },
  ),
  option(
    'unknown-risk',
    '.dangerouslyAllow[0]',
    { dangerouslyAllow: ['everything'] },
    { dangerouslyAllow: ['shared-hosting-origin'] },
  ),
  option('wildcard-with-credentials', '', { origin: '*', ...credentials }, { origin: '*' }),
  option(
    'exposed-wildcard-with-credentials',
    '',
    { exposedHeaders: '*', ...credentials },
    { exposedHeaders: '*' },
  ),
  module(
    'unknown-policy',
    'default',
    { default: 'shop', policies: { app: ORIGIN } },
    { default: 'app', policies: { app: ORIGIN } },
  ),
  module(
    'unknown-policy',
    'default.extends',
    { default: { extends: 'toString' } },
    { default: { extends: 'app' }, policies: { app: ORIGIN } },
  ),
  module(
    'reserved-policy-name',
    'policies.parent',
    { policies: { parent: ORIGIN } },
    { policies: { parents: ORIGIN } },
  ),
  module(
    'extends-cycle',
    'policies.a',
    { policies: { a: { extends: 'b' }, b: { extends: 'a' } } },
    { policies: { a: { extends: 'b' }, b: ORIGIN } },
  ),
  module(
    'extends-no-cors',
    'default.extends',
    { default: { extends: 'none' }, policies: { none: { origin: false } } },
    { default: { extends: 'app' }, policies: { app: ORIGIN } },
  ),
];

const origins: readonly StartRow[] = [
  origin('missing-origin', [], APP),
  origin('missing-origin', undefined, false),
  origin('invalid-origin-type', 7, APP),
  origin('reflects-every-origin', true, '*'),
  origin('null-origin', 'null', '*'),
  origin('file-origin', 'file://', 'capacitor://localhost'),
  origin('misplaced-wildcard', 'https://app*.example.com', 'https://*.example.com'),
  origin('misplaced-wildcard', 'https://example.com*', 'https://example.com:*'),
  origin('misplaced-wildcard', 'https://*.127.0.0.1', 'https://*.example.com'),
  origin('origin-without-scheme', 'app.example.com', APP),
  origin('invalid-origin', `${APP}/`, APP),
  origin('invalid-origin', 'https://App.example.com', APP),
  origin('invalid-origin', `https://${'a'.repeat(250)}.test`, `https://${'a'.repeat(60)}.test`),
  origin('invalid-port', `${APP}:65536`, `${APP}:65535`),
  origin('default-port', `${APP}:443`, `${APP}:80`),
  origin('non-canonical-ip', 'http://127.1', 'http://127.0.0.1'),
  option('wildcard-in-list', '.origin[1]', { origin: [APP, '*'] }, { origin: [APP] }),
  origin('extension-wildcard', 'chrome-extension://*.abc', 'chrome-extension://abc'),
  origin(
    'insecure-origin-with-credentials',
    'http://app.example.com',
    'http://localhost:3000',
    credentials,
  ),
  origin('public-suffix-wildcard', 'https://*.github.io', 'https://*.shop.github.io', credentials),
  origin('shared-hosting-origin', 'https://codepen.io', APP, credentials),
  {
    ...origin('local-origin-in-production', 'http://localhost:3000', APP, credentials),
    wrong: { ...policy({ origin: 'http://localhost:3000', ...credentials }), production: true },
  },
  {
    code: 'reflects-every-origin',
    where: 'default',
    wrong: policy({ origin: () => true }),
    right: policy({ origin: (given: string) => given === APP }),
  },
  origin('regexp-unanchored', /example\.com/, /^https:\/\/app\.example\.com$/),
  origin('regexp-unescaped-dot', /^https:\/\/app.example\.com$/, /^https:\/\/app\.example\.com$/),
  origin('regexp-too-wide', /^https:\/\/.*\.example\.com$/, /^https:\/\/[a-z]+\.example\.com$/),
  origin('regexp-stateful', /^https:\/\/app\.example\.com$/g, /^https:\/\/app\.example\.com$/),
  origin('regexp-catastrophic', /^https:\/\/(a+)+\.example\.com$/, /^https:\/\/a+\.example\.com$/),
  origin('regexp-not-an-origin', /^example$/, /^https:\/\/example$/),
  origin(
    'regexp-accepts-mutant',
    /^(?:https:\/\/a\.test|null)$/,
    /^(?:https:\/\/a\.test|https:\/\/b\.test)$/,
  ),
  origin('regexp-unsupported', /^https:\/\/a$b\.example\.com$/, /^https:\/\/ab\.example\.com$/),
];

const paths: readonly StartRow[] = [
  path('missing-policy', 'paths[0].policy', [{ path: '/a' }], [{ path: '/a', policy: false }]),
  path(
    'invalid-path',
    'paths[0].path',
    [{ path: 'a', policy: false }],
    [{ path: '/a', policy: false }],
  ),
  path(
    'invalid-path',
    'paths[0].path',
    [{ path: '/a/:id', policy: false }],
    [{ path: '/a/*rest', policy: false }],
  ),
  path(
    'invalid-path',
    'paths[0].path',
    [{ path: '/a/../b', policy: false }],
    [{ path: '/b', policy: false }],
  ),
  path(
    'invalid-path',
    'paths[0].path',
    [{ path: 7, policy: false }],
    [{ path: '/7', policy: false }],
  ),
  path(
    'ambiguous-path',
    'paths[1]',
    [
      { path: '/a', policy: false },
      { path: '/a/', policy: 'passthrough' },
    ],
    [
      { path: '/a', policy: false },
      { path: '/a/*rest', policy: 'passthrough' },
    ],
  ),
  path(
    'unknown-option',
    'paths[0]',
    [{ path: '/a', policy: false, method: 'GET' }],
    [{ path: '/a', policy: false, methods: 'GET' }],
  ),
  path(
    'invalid-option-type',
    'paths[0].methods',
    [{ path: '/a', policy: false, methods: 7 }],
    [{ path: '/a', policy: false, methods: ['GET'] }],
  ),
  path(
    'unknown-method',
    'paths[0].methods',
    [{ path: '/a', policy: false, methods: ['put'] }],
    [{ path: '/a', policy: false, methods: ['PUT'] }],
  ),
  path(
    'invalid-option-type',
    'paths[0].keepExposedHeaders',
    [{ path: '/a', policy: ORIGIN, keepExposedHeaders: 'yes' }],
    [{ path: '/a', policy: ORIGIN, keepExposedHeaders: true }],
  ),
  path(
    'option-without-effect',
    'paths[0].keepExposedHeaders',
    [{ path: '/a', policy: false, keepExposedHeaders: true }],
    [{ path: '/a', policy: ORIGIN, keepExposedHeaders: true }],
  ),
  path(
    'missing-origin',
    'paths[0].policy.origin',
    [{ path: '/a', policy: {} }],
    [{ path: '/a', policy: ORIGIN }],
  ),
  module('invalid-option-type', 'paths', { paths: {} }, { paths: [] }),
];

const wholeModule: readonly StartRow[] = [
  module('unknown-option', 'CorsModule', { polices: {} }, { policies: {} }),
  module('invalid-option-type', 'debug', { debug: 'yes' }, { debug: true }),
  module(
    'unknown-risk',
    'dangerouslyAllow',
    { dangerouslyAllow: ['everything'] },
    { dangerouslyAllow: ['debug-in-production'] },
  ),
  {
    code: 'debug-in-production',
    where: 'debug',
    wrong: { ...options({ debug: true }), production: true },
    right: {
      ...options({ debug: true, dangerouslyAllow: ['debug-in-production'] }),
      production: true,
    },
  },
  {
    code: 'unknown-strategy',
    where: 'strategy',
    wrong: { cors: app, strategy: 'auto' as CorsStrategy },
    right: { cors: app, strategy: 'interceptor' },
  },
  {
    code: 'needs-hook',
    where: 'paths',
    wrong: { ...options({ paths: [] }), strategy: 'interceptor' },
    right: options({ paths: [] }),
  },
  {
    code: 'adapter-without-hook',
    where: 'strategy',
    wrong: { cors: app, customAdapter: true },
    right: { cors: app, customAdapter: true, strategy: 'interceptor' },
  },
  {
    code: 'duplicate-module',
    where: 'CorsModule',
    wrong: { cors: app, imports: [CorsModule.forRoot({ policies: {} })] },
    right: { cors: app },
  },
  {
    code: 'second-cors-layer',
    where: 'app.enableCors()',
    wrong: { cors: app, configure: (nest) => nest.enableCors() },
    right: { cors: app, configure: () => {} },
  },
];

const decorators: readonly StartRow[] = [
  controller(
    'duplicate-decorator',
    'ShopController.list',
    shop([], [NoCors(), CorsPolicy({ origin: APP })]),
    shop([NoCors()], [CorsPolicy({ origin: APP })]),
  ),
  controller(
    'duplicate-decorator',
    'ShopController',
    shop([NoCors(), NoCors()], []),
    shop([NoCors()], []),
  ),
  controller(
    'decorator-without-effect',
    'ShopController.help',
    shop([], [], [NoCors()]),
    shop([], [NoCors()]),
  ),
  {
    code: 'decorator-without-effect',
    where: 'DecoratedService',
    wrong: { cors: app, providers: [DecoratedService] },
    right: { cors: app, providers: [PlainService] },
  },
  controller(
    'no-parent-policy',
    'ShopController.extends',
    shop([CorsPolicy({ extends: 'parent' })], []),
    shop([CorsPolicy({ origin: APP })], []),
    { cors: {} },
  ),
  controller(
    'no-parent-policy',
    'ShopController.list.extends',
    shop([NoCors()], [CorsPolicy({ extends: 'parent' })]),
    shop([], [CorsPolicy({ extends: 'parent' })]),
  ),
  controller(
    'unknown-policy',
    'ShopController',
    shop([CorsPolicy('partners')], []),
    shop([CorsPolicy({ origin: APP })], []),
  ),
  controller(
    'missing-origin',
    'ShopController.list.origin',
    shop([], [CorsPolicy({})]),
    shop([], [CorsPolicy({ origin: APP })]),
  ),
  controller(
    'needs-hook',
    'ShopController.list',
    shop([CorsPolicy({ origin: APP, denied: 'reject' })], []),
    shop([CorsPolicy({ origin: APP, denied: 'omit' })], []),
    { strategy: 'interceptor' },
  ),
  controller(
    'indistinguishable-routes',
    'VersionsController.first and VersionsController.second',
    named('VersionsController', versions(NoCors())),
    named('VersionsController', versions(Header('X-Version', '2'))),
    {
      configure: (nest) =>
        void nest.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
    },
  ),
  {
    code: 'unattributed-route',
    where: 'RoutesController.write',
    wrong: {
      cors: app,
      controllers: [RoutesController],
      configure: (nest) => void Object.assign(nest.getHttpAdapter(), { put: () => {} }),
    },
    right: { cors: app, controllers: [RoutesController] },
  },
];

export const START_UP: readonly StartRow[] = [
  ...policies,
  ...origins,
  ...paths,
  ...wholeModule,
  ...decorators,
];
