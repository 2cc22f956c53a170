import { RequestMethod, VersioningType, type INestApplication } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CorsModuleOptions, CorsPolicyOptions } from 'nestjs-cors';
import { APP, PARTNER } from '../support/origins.js';
import type { Setup } from '../support/platforms.js';
import type { AppDescription } from '../support/test-app.js';
import * as actual from './exits/responses.table.js';
import * as beyond from './paths/paths.table.js';
import * as options from './policy/options.table.js';
import * as overlap from './preflight/listed-methods.table.js';
import * as predicates from './origins/predicates.table.js';
import * as preflight from './preflight/preflight.table.js';
import * as reject from './reject/reject.table.js';
import * as resolution from './policy/resolution.table.js';
import * as routing from './router/routing.table.js';
import type { AppName } from '../support/row.js';
import * as unrouted from './paths/unrouted.table.js';

/** Fresh objects each time: the spec changes them once the application runs. */
function policies(): Record<string, CorsPolicyOptions> {
  return {
    app: { origin: APP, credentials: true },
    partners: {
      origin: ['https://*.partner.example', 'https://gate.example:*'],
      exposedHeaders: ['X-Total-Count', 'X-Page'],
      maxAge: 3600,
    },
    public: { origin: '*' },
    derived: { extends: 'partners', maxAge: 30, optionsSuccessStatus: 200 },
    regexp: { origin: /^https:\/\/[a-z0-9-]+\.rx\.example$/ },
  };
}

function withDefault(more: Partial<CorsModuleOptions> = {}): CorsModuleOptions {
  return { default: 'app', policies: policies(), ...more };
}

type Describe = (setup: Setup) => AppDescription & { readonly trustProxy?: boolean };

export const APPS: Readonly<Record<AppName, Describe>> = {
  main: () => ({
    cors: withDefault(),
    controllers: [
      ...resolution.controllers,
      ...options.controllers,
      ...preflight.controllers,
      ...overlap.controllers,
      ...unrouted.controllers,
      ...actual.controllers,
      ...predicates.controllers,
    ],
    configure: (app) => void app.use(endOrRewrite),
  }),
  bare: () => ({
    cors: { policies: policies() },
    controllers: [
      ...resolution.controllers.filter(({ name }) => name !== 'FromDefaultController'),
      ...unrouted.controllers,
      ...actual.bareControllers,
    ],
  }),
  debug: () => ({
    cors: withDefault({ debug: true }),
    controllers: [...preflight.controllers, ...resolution.controllers],
  }),
  narrow: () => ({
    cors: { policies: policies(), default: { origin: APP, methods: ['PUT'] } },
    controllers: [...unrouted.controllers],
  }),
  versioned: () => ({
    cors: withDefault(),
    controllers: routing.versionedControllers,
    configure: (app) => void app.enableVersioning({ type: VersioningType.URI }),
  }),
  'header-versioned': () => ({
    cors: withDefault(),
    controllers: routing.headerVersionedControllers,
    configure: (app) =>
      void app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
  }),
  prefixed: () => ({
    cors: withDefault(),
    controllers: routing.prefixedControllers,
    imports: [
      routing.AdminModule,
      RouterModule.register([{ path: 'admin', module: routing.AdminModule }]),
    ],
    configure: (app: INestApplication) =>
      void app.setGlobalPrefix('api', { exclude: [{ path: 'mixed', method: RequestMethod.PUT }] }),
  }),
  paths: ({ platform, strategy }) => ({
    cors: withDefault(strategy === 'hook' ? { paths: beyond.paths() } : {}),
    controllers: beyond.controllers,
    configure: (app) => beyond.mountUpstream(app, platform),
  }),
  reject: ({ strategy }) => ({
    cors: { default: 'strict', policies: { ...policies(), ...strict(strategy) } },
    controllers: reject.controllers,
  }),
  proxied: ({ strategy }) => ({
    trustProxy: true,
    cors: {
      default: { origin: async (origin) => origin === APP },
      policies: { ...policies(), ...strict(strategy) },
    },
    controllers: reject.controllers,
  }),
};

/** `denied: 'reject'` is refused under strategy `'interceptor'`. */
function strict(strategy: Setup['strategy']): Record<string, CorsPolicyOptions> {
  return { strict: { origin: PARTNER, denied: strategy === 'hook' ? 'reject' : 'omit' } };
}

/** A middleware that ends some requests, and sends others elsewhere. */
function endOrRewrite(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const { searchParams, pathname } = new URL(request.url ?? '/', 'http://localhost');
  const target = searchParams.get('to') ?? (pathname === '/rewritten' ? '/exits/json' : undefined);
  if (target !== undefined) request.url = target;
  if (searchParams.get('ended-by') !== 'middleware') return next();
  response.writeHead(401, searchParams.has('own') ? { 'Access-Control-Allow-Origin': '*' } : {});
  response.end();
}
