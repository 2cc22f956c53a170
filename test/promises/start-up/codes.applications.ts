import {
  Controller,
  Get,
  Header,
  Injectable,
  Param,
  Patch,
  Post,
  Put,
  type INestApplication,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type Type,
  Version,
  VersioningType,
  type WebSocketAdapter,
} from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { WebSocketGateway } from '@nestjs/websockets';
import {
  CorsConfigurationError,
  CorsInspector,
  CorsLive,
  CorsModule,
  CorsPolicy,
  fromSource,
  NoCors,
  type CorsConfigurationIssue,
  type CorsReading,
} from 'nestjs-cors';
import { CorsInspectorModule } from 'nestjs-cors/inspector';
import { IssueCollector } from '../../../lib/config/issues/issue-collector.js';
import { PolicyRegistry } from '../../../lib/config/policies/policy-registry.js';
import { createAdapter, type PlatformName } from '../../support/platforms.js';
import { applicationRow, at, type Boots, type CodeRow } from './support/code-row.js';
import type { Application, Reporting } from './support/report.js';

const APP = 'https://app.example.com';
const OTHER = 'https://other.example.com';
const OPTIONS = { default: { origin: APP } };
const INSPECTED = { options: OPTIONS, imports: [CorsInspectorModule.forRoot()] };
const WITH_PATHS = { ...OPTIONS, paths: [{ path: '/shop/*rest', policy: { origin: OTHER } }] };

type Decorators = readonly (ClassDecorator & MethodDecorator)[];

/** With a default policy, where the row does not say otherwise. */
function row(
  boots: Boots,
  code: CodeRow['code'],
  where: string,
  wrong: Application,
  right: Application,
): CodeRow {
  const whole = { options: OPTIONS };
  return applicationRow(boots, code, where, { ...whole, ...wrong }, { ...whole, ...right });
}

/** A controller under the decorators given. */
function shop(onClass: Decorators, onMethod: Decorators, onHelper: Decorators = []): Application {
  @Controller('shop')
  class Shop {
    @Put(':id') update(@Param('id') id: string): string {
      return this.help(id);
    }
    help(id: string): string {
      return id;
    }
  }
  for (const decorate of onClass) decorate(Shop);
  for (const decorate of onMethod) apply(decorate, Shop, 'update');
  for (const decorate of onHelper) apply(decorate, Shop, 'help');
  return { controllers: [Shop] };
}

function apply(decorate: MethodDecorator, { prototype }: Type, key: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
  decorate(prototype as object, key, descriptor);
  Object.defineProperty(prototype, key, descriptor);
}

/** Two handlers at paths of one controller, the second under a decorator. */
function pair(first: MethodDecorator[], second: MethodDecorator[]): Application {
  @Controller('pair')
  class Pair {
    first(): string {
      return 'first';
    }
    second(): string {
      return 'second';
    }
  }
  for (const decorate of first) apply(decorate, Pair, 'first');
  for (const decorate of second) apply(decorate, Pair, 'second');
  return { controllers: [Pair] };
}

/** Handlers that Express is given in a wrapping of somebody else's. */
function wrapped(method: string): (app: INestApplication) => unknown {
  return (app) => {
    const express = app.getHttpAdapter().getInstance() as Record<string, (...args: unknown[]) => unknown>;
    const register = express[method]?.bind(express);
    const wrapping = (handler: (...args: unknown[]) => unknown) => (...args: unknown[]): unknown => handler(...args);
    return (express[method] = (path, handler) => register?.(path, wrapping(handler as never)));
  };
} // prettier-ignore

/** An Express that swallows what is registered for a method. */
function lost(method: string): (app: INestApplication) => unknown {
  return (app) =>
    Object.assign(app.getHttpAdapter().getInstance() as object, { [method]: () => {} });
}

/** A handler that is made one while the application starts. */
function late(decorators: MethodDecorator[]): Application {
  const { controllers = [] } = pair([], [Get()]);
  const configure = (): void => decorators.forEach((decorate) => controllers.forEach((type) => apply(decorate, type, 'first')));
  return { controllers, configure };
} // prettier-ignore

const byHeader = {
  configure: (app: INestApplication): unknown =>
    app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
};

/** An adapter that names itself neither Express nor Fastify. */
const custom = {
  adapter: (platform: PlatformName): AbstractHttpAdapter =>
    Object.assign(createAdapter(platform), { getType: () => 'custom' }),
};

/** `CorsModule` of another copy of the package: copies know each other by this name only. */
class OtherCopy {}
Object.assign(OtherCopy, { [Symbol.for('nestjs-cors.copy')]: '/elsewhere/nestjs-cors/dist/esm' });

@Injectable()
class Plain {}

@Injectable()
class Decorated {}
CorsPolicy({ origin: APP })(Decorated);

type Both = ClassDecorator & MethodDecorator;

/** A decorator that puts another function in the method's place, with or without its metadata. */
function replacing(copies: boolean): Both {
  const replace: MethodDecorator = (_target, _key, descriptor) => {
    const inner = descriptor.value as unknown as (this: unknown, ...args: unknown[]) => unknown;
    const outer = function (this: unknown, ...args: unknown[]): unknown {
      return inner.apply(this, args);
    };
    const keys = copies ? Reflect.getMetadataKeys(inner) : ROUTE_KEYS;
    for (const key of keys) Reflect.defineMetadata(key, Reflect.getMetadata(key, inner), outer);
    descriptor.value = outer as never;
  };
  return replace as Both;
}

/** Of Nest's route decorators. */
const ROUTE_KEYS = ['path', 'method'];

function inheriting(application: Application): Application {
  const [Shop] = application.controllers as [Type];
  class Branch extends Shop {}
  Controller('branch')(Branch);
  Object.defineProperty(Branch, 'name', { value: 'Shop' });
  return { ...application, controllers: [Branch] };
}

/** A guard, a pipe, an interceptor and a filter in one. */
function enhancer(decorators: Decorators): Type<never> {
  class Enhancer {
    canActivate = (): boolean => true;
    transform = (value: unknown): unknown => value;
    intercept = (_context: unknown, next: { handle(): unknown }): unknown => next.handle();
    catch = (): void => {};
  }
  for (const decorate of decorators) decorate(Enhancer);
  Injectable()(Enhancer);
  return Enhancer as never;
}

function gateway(name: string, path: string, decorators: Decorators, more: object = {}): Type {
  class Gateway {}
  Object.defineProperty(Gateway, 'name', { value: name });
  WebSocketGateway({ path, ...more })(Gateway);
  for (const decorate of decorators) decorate(Gateway);
  return Gateway;
}

/** Keeps its server to itself. */
const silentAdapter = (): WebSocketAdapter & { dispose(): Promise<void> } => ({
  create: () => ({ on: () => {} }),
  bindClientConnect: () => {},
  bindMessageHandlers: () => {},
  close: () => {},
  dispose: () => Promise.resolve(),
});
const silently = (app: INestApplication): unknown => app.useWebSocketAdapter(silentAdapter());

const HANDLERS: readonly CodeRow[] = [
  row('both', 'duplicate-decorator', 'Shop', shop([NoCors(), NoCors()], []), shop([NoCors()], [])),
  row('both', 'duplicate-decorator', 'Shop.update', shop([], [NoCors(), CorsPolicy({ origin: APP })]), shop([NoCors()], [CorsPolicy({ origin: APP })])),
  row('both', 'decorator-without-effect', 'Shop.help', shop([], [], [NoCors()]), shop([], [NoCors()])),
  row('both', 'decorator-without-effect', 'Shop.update', shop([], [replacing(false), NoCors()].reverse()), shop([], [replacing(true), NoCors()].reverse())),
  row('both', 'decorator-without-effect', 'Shop.update', shop([], [NoCors(), replacing(false)]), shop([], [replacing(false), NoCors()])),
  row('both', 'decorator-without-effect', 'Shop.update', inheriting(shop([], [NoCors(), replacing(false)])), inheriting(shop([], [replacing(false), NoCors()]))),
  ...[UseGuards, UsePipes, UseInterceptors, UseFilters].map((use) => row('both', 'decorator-without-effect', 'Enhancer', shop([use(enhancer([CorsPolicy('partners')])) as Both], []), shop([use(enhancer([])) as Both], []))),
  row('both', 'decorator-without-effect', 'Decorated', { providers: [Decorated] }, { providers: [Plain] }),
  row('both', 'no-parent-policy', 'Shop.extends', { options: {}, ...shop([CorsPolicy({ extends: 'parent' })], []) }, shop([CorsPolicy({ extends: 'parent' })], [])),
  row('both', 'no-parent-policy', 'Shop.update.extends', shop([NoCors()], [CorsPolicy({ extends: 'parent' })]), shop([], [CorsPolicy({ extends: 'parent' })])),
  row('both', 'unknown-policy', 'Shop', shop([CorsPolicy('partners')], []), shop([CorsPolicy({ origin: APP })], [])),
  row('both', 'missing-origin', 'Shop.update.origin', shop([], [CorsPolicy({})]), shop([], [CorsPolicy({ origin: APP })])),
  row('both', 'no-parent-policy', 'Shop.update.extends', { options: WITH_PATHS, ...shop([CorsPolicy('paths')], [CorsPolicy({ extends: 'parent' })]) }, { options: WITH_PATHS, ...shop([CorsPolicy('paths')], []) }),
  row('both', 'missing-paths', 'Shop', shop([CorsPolicy('paths')], []), { options: WITH_PATHS, ...shop([CorsPolicy('paths')], []) }),
  row('both', 'missing-paths', 'Shop.update', { options: { ...OPTIONS, paths: [] }, ...shop([], [CorsPolicy('paths')]) }, { options: WITH_PATHS, ...shop([], [CorsPolicy('paths')]) }),
  ...(['paths', 'passthrough'] as const).map((word) =>
    row('both', 'needs-hook', 'Shop.update', { options: { ...OPTIONS, strategy: 'interceptor' }, ...shop([], [CorsPolicy(word)]) }, { options: WITH_PATHS, ...shop([], [CorsPolicy(word)]) })),
  row('both', 'needs-hook', 'Shop.update', { options: { ...OPTIONS, strategy: 'interceptor' }, ...shop([], [CorsPolicy({ origin: APP, denied: 'reject' })]) }, shop([], [CorsPolicy({ origin: APP, denied: 'reject' })])),
  row('both', 'needs-hook', 'Shop.update', { options: { ...OPTIONS, strategy: 'interceptor' }, ...shop([CorsPolicy({ origin: APP, denied: 'reject' })], []) }, { options: { ...OPTIONS, strategy: 'interceptor' }, ...shop([CorsPolicy({ origin: APP, denied: 'omit' })], []) }),
  row('both', 'wider-than-controller', 'Shop.update', shop([CorsPolicy({ origin: APP })], [CorsPolicy({ origin: '*' })]), shop([CorsPolicy({ origin: APP })], [CorsPolicy({ origin: OTHER })])),
  row('both', 'wider-than-controller', 'Shop.update', shop([CorsPolicy({ origin: APP })], [CorsPolicy({ origin: APP, credentials: true })]), shop([CorsPolicy({ origin: APP })], [CorsPolicy({ extends: 'parent', credentials: true })])),
  row('both', 'unserved-method', 'Shop', shop([CorsPolicy({ origin: APP, methods: ['PATCH'] })], []), shop([CorsPolicy({ origin: APP, methods: ['PUT'] })], [])),
  row('both', 'unused-policy', 'policies.spare', { options: { policies: { spare: { origin: APP } } } }, { options: { policies: { spare: { origin: APP } }, default: 'spare' } }),
  row('both', 'reflects-every-origin', 'default.origin', { options: { default: { origin: () => true } } }, { options: { default: { origin: (origin: string) => origin === APP } } }),
  at('error', row('both', 'reflects-every-origin', 'default.origin', { options: { default: { origin: async () => true, credentials: true } } }, { options: { default: { origin: async () => false, credentials: true } } })),
  row('both', 'predicate-without-answer', 'default.origin', { options: { default: { origin: (_: string, callback: (error: null, allow: boolean) => void) => callback(null, true) } } }, { options: { default: { origin: async (origin: string) => origin === APP } } }),
  row('both', 'predicate-without-answer', 'default.origin', { options: { default: { origin: () => 'yes' } } }, { options: { default: { origin: () => Promise.reject(new Error('not connected yet')) } } }),
]; // prettier-ignore

const ROUTES: readonly CodeRow[] = [
  row('both', 'indistinguishable-routes', 'Pair.first and Pair.second', { ...byHeader, ...pair([Get(), Version('1')], [Get(), Version('2'), NoCors()]) }, { ...byHeader, ...pair([Get(), Version('1')], [Get(), Version('2')]) }),
  row('both', 'indistinguishable-routes', 'Pair.first and Pair.second', { ...byHeader, ...pair([Get()], [Get(), Version('2'), NoCors()]) }, { ...byHeader, ...pair([Get()], [Post(), Version('2'), NoCors()]) }),
  row('both', 'indistinguishable-routes', 'Pair.second', { ...byHeader, ...pair([Get(':id'), Version('1')], [Get('list'), Version('2'), NoCors()]) }, { ...byHeader, ...pair([Patch(':id'), Version('1')], [Get('list'), Version('2'), NoCors()]) }),
  row('both', 'unattributed-route', 'Pair.second', { ...pair([Get()], [Put()]), configure: (app) => Object.assign(app.getHttpAdapter(), { put: () => {} }) }, pair([Get()], [Put()])),
  row('express', 'unattributed-route', 'Pair.second', { ...pair([Get()], [Put()]), configure: lost('put') }, { ...pair([Get()], [Put()]), configure: wrapped('put') }),
  row('express', 'unattributed-route', 'Pair.first', late([Put()]), pair([Get()], [Put()])),
  row('fastify', 'unattributed-route', 'Pair.first', late([Put()]), pair([Get()], [Put()])),
  row('express', 'ambiguous-path', 'paths[1]', { options: { paths: [{ path: '/A', policy: false }, { path: '/a', policy: 'passthrough' }] } }, { adapter: () => createAdapter('fastify'), options: { paths: [{ path: '/A', policy: false }, { path: '/a', policy: 'passthrough' }] } }),
  row('express', 'shadowed-route', 'Pair.second', pair([Get(':id')], [Get('mine'), NoCors()]), pair([Get('mine'), NoCors()], [Get(':id')])),
]; // prettier-ignore

const csrf = (trustedOrigins: (app: INestApplication) => string[]): Application => ({
  ...shop([CorsPolicy({ origin: APP, credentials: true })], []),
  configure: (app) => {
    (app as unknown as { enableCsrfProtection(options: object): void }).enableCsrfProtection({
      trustedOrigins: trustedOrigins(app),
    });
  },
});

/** What a handler sets is seen when it is set. */
const answering = (name: string): Application => ({
  ...pair([Get(), Header(name, '*')], [Put()]),
  use: async (app) => {
    await fetch(`${await app.getUrl()}/pair`, { headers: { Origin: APP } });
  },
});

const LAYERS: readonly CodeRow[] = [
  row('both', 'second-cors-layer', 'app.enableCors()', { configure: (app) => app.enableCors() }, {}),
  row('both', 'second-cors-layer', 'Own', { providers: [gateway('Own', '/own', [CorsPolicy({ origin: APP })], { cors: true })], configure: silently }, { providers: [gateway('Own', '/own', [], { cors: true })], configure: silently }),
  row('both', 'indistinguishable-gateways', 'First and Second', { providers: [gateway('First', '/a', [CorsPolicy({ origin: APP })]), gateway('Second', '/a', [])], configure: silently }, { providers: [gateway('First', '/a', []), gateway('Second', '/a', [])], configure: silently }),
  row('both', 'gateway-without-server', 'Lone', { providers: [gateway('Lone', '/lone', [CorsPolicy({ origin: APP })])], configure: silently }, { providers: [gateway('Lone', '/lone', [])], configure: silently }),
  row('both', 'duplicate-module', 'CorsModule', { imports: [CorsModule.forRoot({})] }, { imports: [] }),
  row('both', 'duplicate-module', 'CorsModule', { imports: [OtherCopy] }, { imports: [] }),
  row('both', 'adapter-without-hook', 'strategy', custom, { ...custom, options: { ...OPTIONS, strategy: 'interceptor' } }),
  row('both', 'csrf-rejects-allowed-origin', 'Shop', csrf(() => []), csrf((app) => app.get(CorsInspector).trustedOrigins())),
  applicationRow('both', 'inspector-in-production', 'CorsInspectorModule', INSPECTED, { ...INSPECTED, options: { ...OPTIONS, dangerouslyAllow: 'inspector-in-production' } }, true),
  applicationRow('both', 'inspector-in-production', 'CorsInspectorModule', INSPECTED, { options: OPTIONS }, true),
  row('both', 'upstream-override', 'Pair.first', answering('Access-Control-Allow-Origin'), answering('X-Allow-Origin')),
  { code: 'no-public-suffix-list', level: 'warning', where: 'CorsModule', shown: { parts: { wrong: withoutList('https://*.example.com'), right: withoutList(APP) } } },
]; // prettier-ignore

/** A source that answers with one state at start, and with another one after it. */
function live(first: unknown, second: unknown = first): Application {
  let started = false;
  const read = (): Promise<CorsReading> =>
    Promise.resolve((started ? second : first) as CorsReading);
  return {
    options: {
      default: 'a',
      policies: { a: { origin: fromSource() } },
      live: { source: { name: 'two states', read } },
    },
    use: async (app) => {
      started = true;
      const refused: CorsConfigurationIssue[] = [];
      app.get(CorsLive).on('rejected', ({ issues }) => refused.push(...issues));
      await app.get(CorsLive).reconcile();
      started = false;
      if (refused.length > 0) throw new CorsConfigurationError(refused);
    },
  };
}
const listing = (revision: number, ...origin: string[]): object => ({
  format: 1,
  revision,
  policies: { a: { origin } },
});

const LIVE: readonly CodeRow[] = [
  row('both', 'invalid-snapshot', 'live', live({ format: 1, revision: 1 }), live(listing(1, APP))),
  row('both', 'invalid-snapshot', 'live', live({ ...listing(1, APP), format: 2 }), live(listing(1, APP))),
  row('both', 'unknown-policy', 'live.b', live({ format: 1, revision: 1, policies: { a: { origin: [APP] }, b: { origin: [APP] } } }), live(listing(1, APP))),
  row('both', 'missing-origin', 'live.a', live({ format: 1, revision: 1, policies: {} }), live(listing(1, APP))),
  row('both', 'missing-origin', 'live.a.origin', live(listing(1)), live({ format: 1, revision: 1, policies: { a: { origin: false } } })),
  row('both', 'null-origin', 'live.a.origin[1]', live(listing(1, APP, 'null')), live(listing(1, APP))),
  row('both', 'unknown-option', 'live.a', live({ format: 1, revision: 1, policies: { a: { origin: [APP], maxAge: 5 } } }), live(listing(1, APP))),
  row('both', 'revision-went-back', 'live', live(listing(2, APP), listing(1, APP)), live(listing(2, APP), listing(3, APP))),
  row('both', 'revision-reused', 'live', live(listing(2, APP), listing(2, OTHER)), live(listing(2, APP), listing(2, APP))),
]; // prettier-ignore

/** As where `tldts` is not installed. */
function withoutList(origin: string): Reporting {
  return () => {
    const issues = new IssueCollector();
    const surroundings = { production: false, publicSuffixOf: (): undefined => undefined };
    void new PolicyRegistry({ app: { origin } }, issues, surroundings);
    return Promise.resolve(issues);
  };
}

export const APPLICATION_CODES: readonly CodeRow[] = [...HANDLERS, ...ROUTES, ...LAYERS, ...LIVE];
